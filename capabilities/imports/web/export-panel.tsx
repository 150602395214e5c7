'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { buttonClass, Field, Input, Panel } from '@opsflow/platform/web'
import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

const FILES = ['audits.csv', 'answers.csv', 'findings.csv', 'audits.json'] as const

/** Everything of audits taken out: those done here and those that were imported. */
export function ExportPanel() {
  const t = useTranslations('imports.export')
  const { organizationId } = useViewer()
  const [from, setFrom] = useState(aYearAgo)
  const [to, setTo] = useState('')
  const query = new URLSearchParams({ organizationId, ...(from && { from }), ...(to && { to }) })
  return (
    <Panel title={t('title')} hint={t('hint')}>
      <div className="grid gap-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t('from')}>
            <Input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
          </Field>
          <Field label={t('to')}>
            <Input type="date" value={to} onChange={(event) => setTo(event.target.value)} />
          </Field>
        </div>
        <div className="flex flex-wrap gap-2">
          {FILES.map((file) => (
            <a key={file} href={`/api/v1/audit-exports/${file}?${query}`} download className={buttonClass()}>
              <FileDown aria-hidden />
              {t(`files.${file.replace('.', '_')}`)}
            </a>
          ))}
        </div>
      </div>
    </Panel>
  )
}

const aYearAgo = () => new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10)
