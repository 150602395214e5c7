'use client'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Link, RelativeTime, UnsentMark } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Finding } from '../finding.ts'
import { FINDING } from '../words.ts'
import { Owner, ResolvedBadge, SeverityBadge, StateBadge, TimesBadge, useDue } from './finding-words.tsx'

/** Findings as rows: what, where it was found, whose it is and until when. */
export function FindingList({ findings, withPlace = false }: { findings: readonly Finding[]; withPlace?: boolean }) {
  return (
    <ul className="divide-y divide-line">
      {findings.map((finding) => (
        <FindingRow key={finding.id} finding={finding} withPlace={withPlace} />
      ))}
    </ul>
  )
}

function FindingRow({ finding, withPlace }: { finding: Finding; withPlace: boolean }) {
  const t = useTranslations('findings')
  const { locations } = useViewer()
  const place = locations.find(({ id }) => id === finding.locationId)
  const due = useDue(place?.timezone)
  const isUnsent = useUnsentIds(FINDING).has(finding.id)
  return (
    <li>
      <Link
        href={`/findings/one?id=${finding.id}`}
        className="flex min-h-16 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 -outline-offset-2! transition-colors hover:bg-sunken sm:px-5"
      >
        <span className="min-w-0 flex-1 basis-64">
          <span className="block text-[0.9375rem] leading-snug font-medium text-pretty">{finding.label}</span>
          <span className="dotted mt-0.5 flex flex-wrap text-sm text-ink-muted">
            {withPlace && place && <span>{place.name}</span>}
            <span>{finding.auditName}</span>
            <span>
              <Owner finding={finding} />
            </span>
            <span>
              {finding.state === 'open'
                ? t('dueDay', { day: due(finding) })
                : finding.fixedAt &&
                  t.rich('fixedAt', { time: () => <RelativeTime at={finding.fixedAt ?? finding.openedAt} /> })}
            </span>
          </span>
        </span>
        <span className="flex flex-wrap items-center gap-2">
          {isUnsent && <UnsentMark />}
          <TimesBadge times={finding.times} />
          <ResolvedBadge resolvedAt={finding.resolvedAt} />
          <SeverityBadge severity={finding.severity} />
          <StateBadge finding={finding} />
        </span>
      </Link>
    </li>
  )
}
