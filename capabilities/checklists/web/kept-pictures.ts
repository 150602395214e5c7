import { useRows, useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useEffect, useMemo, useState } from 'react'
import type { ChecklistForm } from '../form.ts'
import { FORM } from '../sync-entities.ts'

/** Beside the local copy: what its checklists show, for when there is no network. */
const KEPT = 'pictures'

const addressOf = (organizationId: string, id: string) =>
  `/api/v1/checklist-pictures/${id}?${new URLSearchParams({ variant: 'full', organizationId })}`

/** Where a picture can be drawn from: this device, or the server. Undefined until that is known. */
export function usePicture(organizationId: string, id: string): string | undefined {
  const address = addressOf(organizationId, id)
  const [src, setSrc] = useState<string>()
  useEffect(() => {
    let made: string | undefined
    let isGone = false
    void keptPicture(address).then((picture) => {
      if (isGone) return
      if (picture) made = URL.createObjectURL(picture)
      setSrc(made ?? address)
    })
    return () => {
      isGone = true
      setSrc(undefined)
      if (made) URL.revokeObjectURL(made)
    }
  }, [address])
  return src
}

/** Whatever the checklists of this organization's copy show is on this device, and nothing else of it is. */
export function useKeepPictures(organizationId: string) {
  const { isReady } = useSyncStatus()
  const forms = useRows<ChecklistForm>(FORM)
  const wanted = useMemo(() => {
    const ids = forms.flatMap(({ content }) =>
      content.sections.flatMap(({ items }) => items.flatMap(({ picture }) => picture?.id ?? [])),
    )
    return [...new Set(ids)].sort().join()
  }, [forms])
  useEffect(() => {
    // A copy that is not open yet shows nothing: what is kept for it must not go.
    if (!isReady) return
    const keep = () => void keepPictures(organizationId, wanted === '' ? [] : wanted.split(','))
    keep()
    addEventListener('online', keep)
    return () => removeEventListener('online', keep)
  }, [organizationId, wanted, isReady])
}

async function keptPicture(address: string): Promise<Blob | undefined> {
  try {
    return await (await (await caches.open(KEPT)).match(address))?.blob()
  } catch {
    return undefined // this browser keeps nothing
  }
}

/** One after another, behind everything else. What does not come now comes when there is a network again. */
async function keepPictures(organizationId: string, ids: readonly string[]) {
  const addresses = ids.map((id) => addressOf(organizationId, id))
  try {
    const cache = await caches.open(KEPT)
    const ofAll = (await cache.keys()).map(({ url }) => new URL(url))
    const ofThis = ofAll.filter(({ searchParams }) => searchParams.get('organizationId') === organizationId)
    const here = new Set(ofThis.map(({ pathname, search }) => pathname + search))
    for (const gone of here) if (!addresses.includes(gone)) await cache.delete(gone)
    for (const address of addresses) if (!here.has(address)) await keepOne(cache, address)
  } catch {
    // No network, no room, or a browser that keeps nothing: pictures are then drawn from the server.
  }
}

async function keepOne(cache: Cache, address: string) {
  const response = await fetch(address, { priority: 'low' })
  if (response.ok) await cache.put(address, response)
}

/** Whoever leaves a device leaves no pictures on it. */
export const forgetPictures = () => globalThis.caches?.delete(KEPT)
