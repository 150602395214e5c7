'use client'
import { lazy, Suspense } from 'react'
import type { Checklist } from '../../checklist.ts'
import type { ChecklistForm } from '../../form.ts'
import type { Step } from '../../steps.ts'
import type { LiveScore as Live, StandingScore as Standing } from './score-here.tsx'

type LiveProps = Parameters<typeof Live>[0]
type StandingProps = Parameters<typeof Standing>[0]

const LiveHere = lazy(async () => ({ default: (await import('./score-here.tsx')).LiveScore }))
const StandingHere = lazy(async () => ({ default: (await import('./score-here.tsx')).StandingScore }))

/** Of a checklist without a scheme nothing is fetched: most have none. */
export const LiveScore = (here: LiveProps) =>
  here.form.content.scoring && (
    <Suspense fallback={<p className="h-5" />}>
      <LiveHere {...here} />
    </Suspense>
  )

export const StandingScore = (here: StandingProps) =>
  here.form.content.scoring && (
    <Suspense>
      <StandingHere {...here} />
    </Suspense>
  )

const LastTimeHere = lazy(async () => ({ default: (await import('@opsflow/capabilities/findings/web')).LastTime }))

const LastOutHere = lazy(async () => ({ default: (await import('@opsflow/capabilities/temperature/web')).LastOut }))

/** What the visits before found there; of a unit, what was last out of its limit whoever measured it. */
export function LastTime({ form, list, step }: { form: ChecklistForm; list: Checklist; step: Step }) {
  if (!form.content.scoring) return null
  const unitId = unitOf(step)
  return (
    <Suspense>
      {unitId ? (
        <LastOutHere unitId={unitId} before={list.startedAt ?? list.visibleAt} />
      ) : (
        <LastTimeHere list={list} itemId={step.item.id} entryId={step.entry?.id ?? null} />
      )}
    </Suspense>
  )
}

function unitOf({ item, entry, answer }: Step): string | undefined {
  if (item.kind !== 'temperature' || item.subject.kind !== 'unit') return undefined
  return (answer?.value?.kind === 'temperature' && answer.value.unitId) || entry?.id
}

const FoundHere = lazy(async () => ({ default: (await import('@opsflow/capabilities/findings/web')).FindingsOfAudit }))

/** What an audit found, and where each of it stands. */
export const FindingsOf = ({ form, list }: { form: ChecklistForm; list: Checklist }) =>
  form.content.scoring &&
  list.status === 'completed' && (
    <Suspense>
      <FoundHere checklistId={list.id} locationId={list.locationId} />
    </Suspense>
  )
