'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Link, StatusBadge } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import type { ImportedAudit } from '../imported.ts'
import { useImportedWords } from './imported-words.ts'

/** An audit that others did, among those done here: marked, and in its source's words. */
export function ImportedRow({ audit }: { audit: ImportedAudit }) {
  const t = useTranslations('audits')
  const format = useFormatter()
  const { locations } = useViewer()
  const { given, computed } = useImportedWords()
  const day = format.dateTime(new Date(`${audit.auditDate}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
  const ours = computed(audit.computed)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-sunken/40 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <Link
          href={`/audits/imported?id=${audit.id}`}
          className="-my-1 inline-flex min-h-target items-center rounded text-[0.9375rem] leading-snug font-medium text-pretty hover:underline"
        >
          {audit.name}
        </Link>
        <p className="dotted flex flex-wrap text-sm text-ink-muted">
          <span>{locations.find(({ id }) => id === audit.locationId)?.name}</span>
          <span>{day}</span>
          <span>{t(`imported.sources.${audit.source}`)}</span>
          {audit.findingCount > 0 && <span>{t('imported.found', { count: audit.findingCount })}</span>}
        </p>
      </div>
      <p className="sm:text-end">
        <span className="text-[0.9375rem] font-semibold">{given(audit)}</span>
        {ours && <span className="block text-sm text-ink-muted">{t('imported.computed', { what: ours })}</span>}
      </p>
      <span className="flex flex-wrap gap-1.5 sm:min-w-32">
        <StatusBadge tone="neutral">{t('imported.mark')}</StatusBadge>
        {audit.computed.disagrees && <StatusBadge tone="warn">{t('imported.disagrees')}</StatusBadge>}
      </span>
    </li>
  )
}
