import type { Replica } from '@opsflow/platform/client/sync/replica'
import { useEffect } from 'react'
import { noteUsefulAct } from './install.ts'

type Syncing = ServiceWorkerRegistration & { sync?: { register: (tag: string) => Promise<void> } }

/**
 * What the device does for the outbox: keeps what it holds, and wakes this page when the network is back (where the
 * browser knows Background Sync). Each thing recorded is a useful act, after which the app may be offered to be kept.
 */
export function useOutboxOfDevice(replica: Replica | undefined) {
  useEffect(() => {
    if (!replica) return
    let unsent = replica.status.unsent
    const stop = replica.watch(() => {
      const before = unsent
      unsent = replica.status.unsent
      if (unsent <= before) return
      noteUsefulAct()
      void askToKeep().catch(() => undefined)
      if (replica.status.connection !== 'live') void wakeMeLater().catch(() => undefined)
    })
    const wake = ({ data }: MessageEvent) => {
      if (data?.type === 'sync') void replica.sync()
    }
    navigator.serviceWorker?.addEventListener('message', wake)
    return () => {
      stop()
      navigator.serviceWorker?.removeEventListener('message', wake)
    }
  }, [replica])
}

/**
 * Asks the browser not to clear what is kept here when the device runs short. Chromium decides by itself; Firefox asks
 * the person, so this comes once there is something to lose.
 */
async function askToKeep() {
  const { storage } = navigator
  if (storage?.persist && !(await storage.persisted())) await storage.persist()
}

async function wakeMeLater() {
  const registration: Syncing | undefined = await navigator.serviceWorker?.getRegistration()
  await registration?.sync?.register('outbox')
}
