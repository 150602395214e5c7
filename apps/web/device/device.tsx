'use client'
import type { FaceMessages } from '@opsflow/platform/web'
import { useEffect } from 'react'
import { MoreWords } from '../shell/words.tsx'
import english from './messages/en.json'
import { NewVersion } from './new-version.tsx'
import { keepApp } from './worker.ts'

const deviceMessages: FaceMessages = { en: english, es: () => import('./messages/es.json') }

/** What the app says about itself and the device it is on. Its code is fetched after the page stands. */
export default function Device() {
  useEffect(() => {
    void keepApp().catch(() => undefined) // a browser that keeps nothing still has the page
  }, [])
  return (
    <MoreWords of={deviceMessages}>
      <div className="pointer-events-none fixed inset-x-0 bottom-[calc(4.75rem+env(safe-area-inset-bottom))] z-50 flex flex-col items-center gap-2 px-4 md:inset-x-auto md:end-6 md:bottom-6">
        <NewVersion />
      </div>
    </MoreWords>
  )
}
