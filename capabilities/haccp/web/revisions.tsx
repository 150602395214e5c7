import { Link, Panel } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import type { HaccpPlan } from '../haccp-plan.ts'

/** All that was ever signed, the latest first. */
export function Revisions({ plan: { revisions } }: { plan: HaccpPlan }) {
  const t = useTranslations('haccp.revision')
  const format = useFormatter()
  if (revisions.length === 0) return null
  return (
    <Panel title={t('all')} flush className="mt-6">
      <ul className="divide-y divide-line">
        {revisions.map(({ id, number, note, signedAt, signedBy }) => (
          <li key={id} className="px-4 py-2 sm:px-5">
            <Link
              href={`/audits/haccp/revision?id=${id}`}
              className="inline-flex min-h-target items-center font-medium hover:underline"
            >
              {t('number', { number })}
            </Link>
            <p className="dotted flex flex-wrap text-sm text-ink-muted">
              <span>{format.dateTime(new Date(signedAt), { dateStyle: 'medium', timeStyle: 'short' })}</span>
              {signedBy && <span>{signedBy.name}</span>}
              {note && <span>{note}</span>}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
