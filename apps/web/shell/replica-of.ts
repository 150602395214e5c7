import { useApi } from '@opsflow/platform/client/api-context'
import type { Replica } from '@opsflow/platform/client/sync/replica'
import { useEffect, useState } from 'react'

type Of = { organizationId: string; kind: 'member' | 'kiosk'; id: string; name: string }

/**
 * Opens the local copy of a person, or of a shared tablet, in an organization. Its code comes after the first paint.
 * It looks at the server when the network is back and when someone looks at it again, beside its own rounds.
 */
export function useReplicaOf(of: Of | undefined): Replica | undefined {
  const call = useApi()
  const [replica, setReplica] = useState<Replica>()
  const { organizationId, kind, id, name } = of ?? {}
  useEffect(() => {
    if (!organizationId || !kind || !id || name === undefined) return
    let isOver = false
    let opened: Replica | undefined
    const look = () => void opened?.sync()
    const lookAgain = () => document.visibilityState === 'visible' && look()
    void import('./device-replica.ts')
      .then(({ openDeviceReplica }) => openDeviceReplica(call as never, organizationId, { kind, id, name }))
      .then((open) => {
        if (isOver) return void open.close()
        opened = open
        setReplica(open)
        look()
      })
    addEventListener('online', look)
    addEventListener('offline', look)
    document.addEventListener('visibilitychange', lookAgain)
    return () => {
      isOver = true
      removeEventListener('online', look)
      removeEventListener('offline', look)
      document.removeEventListener('visibilitychange', lookAgain)
      setReplica(undefined)
      void opened?.close()
    }
  }, [call, organizationId, kind, id, name])
  return replica
}
