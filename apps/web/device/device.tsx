'use client'
import type { FaceMessages } from '@opsflow/platform/web'
import { MoreWords } from '@opsflow/platform/web'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useLocale } from 'use-intl'
import { isSomethingTyped } from '../shell/typed.ts'
import { InstallOffer } from './install-offer.tsx'
import { LittleRoom } from './little-room.tsx'
import { manifestPaths } from './manifest-paths.ts'
import english from './messages/en.json'
import { NewVersion } from './new-version.tsx'
import { keepApp } from './worker.ts'

const deviceMessages: FaceMessages = { en: english, es: () => import('./messages/es.json') }

/** What the app says about itself and the device it is on. Its code is fetched after the page stands. */
export default function Device() {
  useEffect(() => {
    void keepApp().catch(() => undefined) // a browser that keeps nothing still has the page
  }, [])
  useManifestInOwnLanguage()
  usePagesAskedFor()
  return (
    <MoreWords of={deviceMessages}>
      <div className="pointer-events-none fixed inset-x-0 bottom-[calc(var(--foot)+1rem)] z-50 flex flex-col items-center gap-2 px-4 md:start-auto md:end-6 md:w-md md:px-0">
        <LittleRoom />
        <InstallOffer />
        <NewVersion />
      </div>
    </MoreWords>
  )
}

/** A notification was touched: the page it is about opens in the window that is there. */
function usePagesAskedFor() {
  const router = useRouter()
  useEffect(() => {
    const listen = ({ data, ports: [answer] }: MessageEvent) => {
      if (data?.type !== 'open') return
      const isBusy = isSomethingTyped()
      answer?.postMessage(isBusy ? 'busy' : 'goes')
      if (!isBusy) router.push(String(data.path))
    }
    navigator.serviceWorker?.addEventListener('message', listen)
    return () => navigator.serviceWorker?.removeEventListener('message', listen)
  }, [router])
}

/** Pages are made in English; what the system shows of the installed app is in the language it was installed in. */
function useManifestInOwnLanguage() {
  const locale = useLocale()
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')
    const own = Object.entries(manifestPaths)
    const isStaffApp = own.some(([, path]) => link?.getAttribute('href') === path)
    if (link && isStaffApp) link.setAttribute('href', manifestPaths[locale as keyof typeof manifestPaths])
  }, [locale])
}
