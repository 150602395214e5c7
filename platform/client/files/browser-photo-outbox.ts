import { browserPhotoStore } from './browser-photo-store.ts'
import { photoClock } from './photo-clock.ts'
import { openPhotoOutbox, type PhotoOutbox } from './photo-outbox.ts'
import type { KeptPhoto, PhotosMark } from './photo-store.ts'

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
  const mark = markOf(name)
  let outbox: PhotoOutbox | undefined
  const store = await browserPhotoStore(name, {
    onMade: () => mark.write(cleared(mark.read())),
    onCleared: () => void outbox?.look().catch(() => undefined),
  })
  const opened = await openPhotoOutbox({
    store,
    mark,
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
  outbox = opened
  const now = () => document.visibilityState === 'visible' && void opened.sync()
  addEventListener('online', now)
  document.addEventListener('visibilitychange', now)
  void opened.sync()
  return {
    ...opened,
    close() {
      removeEventListener('online', now)
      document.removeEventListener('visibilitychange', now)
      opened.close()
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

/** What had been waiting is lost. */
export const cleared = ({ waiting, lost }: ReturnType<PhotosMark['read']>) => ({ waiting: 0, lost: lost + waiting })

/** Beside the photos: browsers that clear one of the two leave the other. */
function markOf(name: string): PhotosMark {
  const key = markKey(name)
  return {
    read() {
      const [waiting = 0, lost = 0] = (localStorage.getItem(key) ?? '').split(' ').map(Number)
      return { waiting, lost }
    },
    write({ waiting, lost }) {
      if (waiting + lost === 0) localStorage.removeItem(key)
      else localStorage.setItem(key, `${waiting} ${lost}`)
    },
  }
}

export const markKey = (name: string) => `${name}.waiting`
