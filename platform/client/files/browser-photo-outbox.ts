import { browserPhotoStore } from './browser-photo-store.ts'
import { photoClock } from './photo-clock.ts'
import { openPhotoOutbox, type PhotoOutbox } from './photo-outbox.ts'
import type { KeptPhoto } from './photo-store.ts'

/** Whose photos: of a person in an organization, or of a shared tablet, whoever stands at it. */
export type PhotosOf = { organizationId: string; holder: string }

export const photosName = ({ organizationId, holder }: PhotosOf) => `opsflow-photos-${organizationId}-${holder}`

/** The outbox of photos in a browser: kept in IndexedDB, sent by one tab at a time. */
export async function openBrowserPhotoOutbox(
  { organizationId, holder }: PhotosOf,
  onStored: (photo: KeptPhoto) => void,
): Promise<PhotoOutbox> {
  const name = photosName({ organizationId, holder })
  const channel = new BroadcastChannel(name)
  const clock = photoClock()
  void learnTime(clock)
  const outbox = await openPhotoOutbox({
    store: await browserPhotoStore(name),
    organizationId,
    clock,
    onStored,
    alone: <T>(work: () => Promise<T>) => navigator.locks.request(name, work) as Promise<T>,
    others: {
      tell: () => channel.postMessage('changed'),
      hear: (heard) => {
        channel.addEventListener('message', heard)
        return () => channel.close()
      },
    },
  })
  const now = () => document.visibilityState === 'visible' && void outbox.sync()
  addEventListener('online', now)
  document.addEventListener('visibilitychange', now)
  void outbox.sync()
  return {
    ...outbox,
    close() {
      removeEventListener('online', now)
      document.removeEventListener('visibilitychange', now)
      outbox.close()
    },
  }
}

/** Before the first photo is taken: a device that never heard the server could not say when that was. */
async function learnTime(clock: ReturnType<typeof photoClock>) {
  const began = clock.start()
  await fetch('/livez').then(
    (response) => clock.heard(response, began),
    () => undefined,
  )
}
