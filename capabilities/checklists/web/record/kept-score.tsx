'use client'
import { useAuditOf } from '@opsflow/capabilities/audits/client'
import { auditsMessages, ScorePanel } from '@opsflow/capabilities/audits/web'
import { useViewer } from '@opsflow/platform/client/viewer'
import { ErrorState, MoreWords, SkeletonRows } from '@opsflow/platform/web'
import type { Checklist } from '../../checklist.ts'

/** What an audit came to, of one that has left this device. */
export function KeptScore({ list: { id, locationId } }: { list: Checklist }) {
  const asked = useAuditOf(id, true)
  const timeZone = useViewer().locations.find((place) => place.id === locationId)?.timezone
  if (asked.isError) return <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data === undefined) return <SkeletonRows rows={3} />
  return (
    asked.data && (
      <MoreWords of={auditsMessages}>
        <ScorePanel score={asked.data.score} audit={asked.data} timeZone={timeZone} />
      </MoreWords>
    )
  )
}
