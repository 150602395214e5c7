'use client'
import {
  Button,
  Card,
  Field,
  Input,
  Panel,
  Select,
  StatusBadge,
  Table,
  Td,
  Th,
  Tr,
  useToast,
} from '@opsflow/platform/web'
import { FileDown, FileUp } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TableFile } from '../client/index.ts'
import type { ImportPlan, PlannedRow } from '../import-plan.ts'
import { RefusalText } from './refusal-text.tsx'

/** A table of a spreadsheet: taken out, or read in. What it would do is seen before it is done. */
export function FileImport({ table, fields, hint }: { table: TableFile; fields: readonly string[]; hint: string }) {
  const t = useTranslations('places.file')
  const toast = useToast()
  const [file, setFile] = useState<File>()
  const { preview, apply, download } = table
  const plan = preview.data

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const chosen = new FormData(event.currentTarget).get('file') as File
    setFile(chosen)
    preview.mutate({ file: chosen })
  }

  function run() {
    if (!file || !plan?.plan) return
    const columns = plan.columns.map(({ field }) => field ?? '').join(',')
    apply.mutate(
      { file, columns, plan: plan.plan },
      {
        onSuccess({ create, change }) {
          toast({ message: t('done', { create, change }) })
          preview.reset()
          setFile(undefined)
        },
      },
    )
  }

  return (
    <div className="grid gap-5 pt-5">
      <Card className="p-5 sm:p-6">
        <form onSubmit={submit} className="grid max-w-2xl gap-4">
          <Field label={t('file')} hint={hint}>
            <Input
              name="file"
              type="file"
              accept=".csv,text/csv"
              required
              className="py-2.5 file:me-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:text-sm file:font-medium file:text-ink"
            />
          </Field>
          {preview.error && <RefusalText error={preview.error} />}
          <div className="flex flex-wrap gap-2">
            <Button look="primary" type="submit" busy={preview.isPending}>
              <FileUp aria-hidden />
              {t('look')}
            </Button>
            <Button busy={download.isPending} onClick={() => download.mutate()}>
              <FileDown aria-hidden />
              {t('export')}
            </Button>
          </div>
        </form>
      </Card>
      {plan && file && (
        <Plan
          plan={plan}
          fields={fields}
          onColumns={(columns) => preview.mutate({ file, columns })}
          actions={
            <Button look="primary" disabled={plan.plan === null} busy={apply.isPending} onClick={run}>
              {t('run', { create: plan.create, change: plan.change })}
            </Button>
          }
          error={apply.error}
        />
      )}
    </div>
  )
}

function Plan({
  plan,
  fields,
  onColumns,
  actions,
  error,
}: {
  plan: ImportPlan
  fields: readonly string[]
  onColumns: (columns: string) => void
  actions: React.ReactNode
  error: Error | null
}) {
  const t = useTranslations('places.file')
  const set = (at: number, field: string) =>
    onColumns(plan.columns.map((column, n) => (n === at ? field : (column.field ?? ''))).join(','))
  return (
    <>
      <Panel title={t('columns')} hint={t('columnsHint')}>
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          {plan.columns.map(({ name, field }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may repeat
            <Field key={n} label={name || t('column', { number: n + 1 })}>
              <Select value={field ?? ''} onChange={(event) => set(n, event.target.value)}>
                <option value="">{t('leftOut')}</option>
                {[...new Set([...fields, ...(field ? [field] : [])])].map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
        </div>
      </Panel>
      <Panel title={t('plan')} hint={t('counts', countsOf(plan))} actions={actions} flush>
        {error && (
          <div className="p-4">
            <RefusalText error={error} />
          </div>
        )}
        <Table label={t('plan')}>
          <thead>
            <tr>
              <Th>{t('row')}</Th>
              <Th>{t('name')}</Th>
              <Th>{t('outcome')}</Th>
              <Th>{t('what')}</Th>
            </tr>
          </thead>
          <tbody>
            {plan.rows.map((row) => (
              <Tr key={row.row}>
                <Td className="text-ink-muted tabular-nums">{row.row}</Td>
                <Td className="font-medium">{row.name}</Td>
                <Td>
                  <StatusBadge tone={tones[row.outcome]}>{t(`outcomes.${row.outcome}`)}</StatusBadge>
                </Td>
                <Td className="min-w-64 text-ink-muted">
                  <What row={row} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </Panel>
    </>
  )
}

const tones = { create: 'ok', change: 'accent', leave: 'neutral', refused: 'danger' } as const

const countsOf = ({ create, change, leave, refused }: ImportPlan) => ({ create, change, leave, refused })

function What({ row }: { row: PlannedRow }) {
  if (row.errors.length === 0) return row.changes.join(', ')
  return (
    <ul>
      {row.errors.map(({ column, code, message }) => (
        <li key={`${column} ${code}`}>
          <span className="font-medium text-danger">{column}</span> {message}
        </li>
      ))}
    </ul>
  )
}
