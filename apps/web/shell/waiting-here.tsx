'use client'
import { CloudUpload } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { finishLeaving } from './leaving.ts'
import { workWaiting } from './people-here.ts'

const AGAIN_MS = 5_000

/** At the sign-in of a browser in which someone's work waits: whose, and that only they can send it. */
export function WaitingHere() {
  const t = useTranslations('app.waitingHere')
  const [waiting, setWaiting] = useState<ReturnType<typeof workWaiting>>([])
  useEffect(() => {
    setWaiting(workWaiting())
    const finish = () => void finishLeaving().catch(() => undefined)
    finish()
    addEventListener('online', finish)
    // A server that was gone comes back without a word from the browser.
    const again = setInterval(finish, AGAIN_MS)
    return () => {
      removeEventListener('online', finish)
      clearInterval(again)
    }
  }, [])
  if (waiting.length === 0) return null
  return (
    <ul className="mt-4 grid w-full max-w-sm gap-2">
      {waiting.map(({ store, person, organization, unsent }) => (
        <li
          key={store}
          className="flex items-start gap-3 rounded-xl border border-info/35 bg-info-tint px-4 py-3 text-sm"
        >
          <CloudUpload aria-hidden className="mt-0.5 size-5 shrink-0 text-info" />
          <p>
            <span className="font-medium">{t('count', { count: unsent, person })}</span>{' '}
            {t('signIn', { person, organization })}
          </p>
        </li>
      ))}
    </ul>
  )
}
