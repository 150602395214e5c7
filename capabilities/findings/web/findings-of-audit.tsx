'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { MoreWords, Panel } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useFindingsHere, useFindingsOf } from '../client/index.ts'
import type { Finding } from '../finding.ts'
import { FindingList } from './finding-list.tsx'
import { messages } from './messages.ts'

/** On the record of an audit: what it found, and where each stands. From this device, and what it has not from the server. */
export function FindingsOfAudit({ checklistId, locationId }: { checklistId: string; locationId: string }) {
  const viewer = useViewer()
  const here = useFindingsHere(checklistId)
  const asked = useFindingsOf(checklistId, here.length === 0)
  const findings = here.length > 0 ? here : asked.data
  if (!viewer.can('findings.read', locationId) || !findings) return null
  return (
    <MoreWords of={messages}>
      <Found findings={findings.toSorted(gravestFirst)} />
    </MoreWords>
  )
}

function Found({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslations('findings.ofAudit')
  const open = findings.filter(({ state }) => state === 'open').length
  return (
    <section aria-label={t('title')}>
      <Panel title={t('title')}>
        <p className="text-sm text-ink-muted">{findings.length === 0 ? t('none') : t('open', { open })}</p>
        <div className="-mx-4 mt-2 sm:-mx-5">
          <FindingList findings={findings} />
        </div>
      </Panel>
    </section>
  )
}

const GRAVEST = { critical: 0, major: 1, minor: 2 }
const gravestFirst = (one: Finding, other: Finding) =>
  GRAVEST[one.severity] - GRAVEST[other.severity] || one.label.localeCompare(other.label)
