'use client'
import type { Score } from '@opsflow/capabilities/audits'
import { useAuditHere } from '@opsflow/capabilities/audits/client'
import { auditsMessages, ScoreLine, ScorePanel } from '@opsflow/capabilities/audits/web'
import { useViewer } from '@opsflow/platform/client/viewer'
import { MoreWords } from '@opsflow/platform/web'
import { useMemo } from 'react'
import type { Checklist } from '../../checklist.ts'
import type { useChecklistHere } from '../../client/index.ts'
import type { ChecklistForm } from '../../form.ts'
import { scoreOf } from '../../score-of.ts'

type Here = Pick<ReturnType<typeof useChecklistHere>, 'steps' | 'answers'> & { list: Checklist; form: ChecklistForm }

/** Where an audit stands while it is answered, by the rule that the server keeps it by. Needs no network. */
export function LiveScore(here: Here) {
  const score = useScore(here)
  return (
    score && (
      <MoreWords of={auditsMessages}>
        <ScoreLine score={score} />
      </MoreWords>
    )
  )
}

/** What it came to: as the server keeps it, and until that is heard of as this device computes it. */
export function StandingScore(here: Here) {
  const kept = useAuditHere(here.list.id)
  const computed = useScore(here)
  const timeZone = useTimeZone(here.list)
  const score = kept?.score ?? computed
  return (
    score && (
      <MoreWords of={auditsMessages}>
        <ScorePanel score={score} audit={kept} timeZone={timeZone} />
      </MoreWords>
    )
  )
}

function useScore({ list, form, steps, answers }: Here): Score | null {
  const timeZone = useTimeZone(list) ?? 'UTC'
  const at = list.completedAt
  return useMemo(
    () => scoreOf(form.content, steps, answers, { at: at === null ? Date.now() : Date.parse(at), timeZone }),
    [form, steps, answers, at, timeZone],
  )
}

const useTimeZone = ({ locationId }: Checklist) => useViewer().locations.find(({ id }) => id === locationId)?.timezone
