import { useReplica } from '@opsflow/platform/client/sync/use-replica'
import { useEffect } from 'react'
import { useScope } from './session.ts'

/** Where not all places fit on this device, the one that is looked at is among them. */
export function LookedAt() {
  const replica = useReplica()
  const place = useScope()?.id
  useEffect(() => replica?.lookAt(place), [replica, place])
  return null
}
