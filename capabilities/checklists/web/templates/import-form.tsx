'use client'
import { Button, Card, Field, Input, Panel, Table, Td, Th, Tr } from '@opsflow/platform/web'
import { FileDown, FileUp } from 'lucide-react'
import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useImportTemplate, useMakeTemplate } from '../../client/index.ts'
import { IMPORT_EXAMPLE } from '../../import-columns.ts'
import type { ReadTemplate } from '../../template-records.ts'
import { RefusalText } from './refusal-text.tsx'

/** A checklist as a spreadsheet holds it: seen before it is made, with what is wrong in which row. */
export function ImportForm({ onMade }: { onMade: (id: string) => void }) {
  const t = useTranslations('templates.file')
  const read = useImportTemplate()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    read.mutate(new FormData(event.currentTarget).get('file') as File)
  }

  function example() {
    const address = URL.createObjectURL(new Blob([IMPORT_EXAMPLE], { type: 'text/csv' }))
    Object.assign(document.createElement('a'), { href: address, download: 'checklist.csv' }).click()
    URL.revokeObjectURL(address)
  }

  return (
    <div className="grid gap-5">
      <Card className="p-5 sm:p-6">
        <form onSubmit={submit} className="grid max-w-2xl gap-4">
          <Field label={t('file')} hint={t('hint')}>
            <Input
              name="file"
              type="file"
              accept=".csv,text/csv"
              required
              className="py-2.5 file:me-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:text-sm file:font-medium file:text-ink"
            />
          </Field>
          {read.error && <RefusalText error={read.error} />}
          <div className="flex flex-wrap gap-2">
            <Button look="primary" type="submit" busy={read.isPending}>
              <FileUp aria-hidden />
              {t('look')}
            </Button>
            <Button onClick={example}>
              <FileDown aria-hidden />
              {t('example')}
            </Button>
          </div>
        </form>
      </Card>
      {read.data && <Seen read={read.data} name={nameOf(read.variables)} onMade={onMade} />}
    </div>
  )
}

const nameOf = (file: File) => file.name.replace(/\.csv$/i, '').slice(0, 200)

function Seen({ read, name, onMade }: { read: ReadTemplate; name: string; onMade: (id: string) => void }) {
  const t = useTranslations('templates')
  const make = useMakeTemplate()
  const { draft, rows, refused } = read

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!draft) return
    const wanted = String(new FormData(event.currentTarget).get('name')).trim()
    make.mutate({ name: wanted, category: 'other', draft }, { onSuccess: ({ id }) => onMade(id) })
  }

  return (
    <Panel title={t('file.preview')} hint={t('file.counts', { count: rows.length, refused })} flush>
      <Table label={t('file.preview')}>
        <thead>
          <tr>
            <Th>{t('file.row')}</Th>
            <Th>{t('section')}</Th>
            <Th>{t('question')}</Th>
            <Th>{t('file.kind')}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Tr key={row.row}>
              <Td className="text-ink-muted tabular-nums">{row.row}</Td>
              <Td>{row.section}</Td>
              <Td className="min-w-40 font-medium">
                {row.question}
                {row.errors.length > 0 && (
                  <ul className="font-normal text-ink-muted">
                    {row.errors.map(({ column, code, message }) => (
                      <li key={`${column} ${code}`}>
                        <span className="font-medium text-danger">{column}</span> {message}
                      </li>
                    ))}
                  </ul>
                )}
              </Td>
              <Td className="text-ink-muted">{row.kind && t(`kinds.${row.kind}`)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {draft && (
        <form onSubmit={submit} className="flex flex-wrap items-end gap-3 border-t border-line p-4">
          <Field label={t('name')} className="min-w-60 flex-1">
            <Input name="name" required maxLength={200} defaultValue={name} />
          </Field>
          <Button look="primary" type="submit" busy={make.isPending}>
            {t('file.make')}
          </Button>
          {make.error && <RefusalText error={make.error} />}
        </form>
      )}
    </Panel>
  )
}
