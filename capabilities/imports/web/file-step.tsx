'use client'
import { Button, Card, Field, Input, Panel, StatusBadge, type Tone } from '@opsflow/platform/web'
import { FileUp } from 'lucide-react'
import type { FormEvent } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { AuditImport } from '../audit-import.ts'
import { useAuditImports, useSendFile } from '../client/index.ts'
import { ExportPanel } from './export-panel.tsx'
import { ProblemText } from './problem-text.tsx'

export const STATE_TONES: Record<AuditImport['state'], Tone> = {
  receiving: 'neutral',
  reading: 'accent',
  previewed: 'warn',
  running: 'accent',
  done: 'ok',
  failed: 'danger',
  cancelled: 'neutral',
}

/** A file is chosen; what it is, is told by its bytes. Earlier ones are gone on with here. */
export function FileStep({ onImport }: { onImport: (id: string) => void }) {
  const t = useTranslations('imports')
  const send = useSendFile()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const file = new FormData(event.currentTarget).get('file') as File
    send.mutate(file, { onSuccess: ({ id }) => onImport(id) })
  }

  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
      <Card className="p-5 sm:p-6">
        <form onSubmit={submit} className="grid gap-4">
          <Field label={t('file')} hint={t('fileHint')}>
            <Input
              name="file"
              type="file"
              accept=".csv,.json,.zip,.txt,.tsv,text/csv,application/json,application/zip"
              required
              className="py-2.5 file:me-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:text-sm file:font-medium file:text-ink"
            />
          </Field>
          {send.error && <ProblemText error={send.error} />}
          <Button look="primary" type="submit" busy={send.isPending} className="justify-self-start">
            <FileUp aria-hidden />
            {t(send.isPending ? 'sending' : 'send')}
          </Button>
        </form>
        <ul className="mt-5 grid list-disc gap-1 ps-5 text-sm text-ink-muted">
          {(['chicago', 'safetyculture', 'opsflow'] as const).map((kind) => (
            <li key={kind}>{t(`accepts.${kind}`)}</li>
          ))}
        </ul>
      </Card>
      <div className="grid gap-5">
        <Earlier onImport={onImport} />
        <ExportPanel />
      </div>
    </div>
  )
}

function Earlier({ onImport }: { onImport: (id: string) => void }) {
  const t = useTranslations('imports')
  const format = useFormatter()
  const { data = [] } = useAuditImports()
  if (data.length === 0) return null
  return (
    <Panel title={t('earlier')} flush>
      <ul className="divide-y divide-line">
        {data.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 sm:px-5">
            <button
              type="button"
              onClick={() => onImport(one.id)}
              className="min-h-target min-w-0 flex-1 rounded text-start text-[0.9375rem] font-medium wrap-anywhere hover:underline"
            >
              {one.fileName}
              <span className="block text-sm font-normal text-ink-muted">
                {format.dateTime(new Date(one.createdAt), { dateStyle: 'medium', timeStyle: 'short' })}
                {one.state === 'done' && ` · ${t('acceptedOf', { count: one.rows.accepted })}`}
              </span>
            </button>
            <StatusBadge tone={STATE_TONES[one.state]}>{t(`states.${one.state}`)}</StatusBadge>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
