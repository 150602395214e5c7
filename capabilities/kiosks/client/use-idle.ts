import { useApi } from '@opsflow/platform/client/api-context'
import { useEffect, useRef, useState } from 'react'
import type { kioskRoutes } from '../routes.ts'

const TOUCHES = ['pointerdown', 'keydown', 'input'] as const
/** The server allows for this much between a touch and the note of it. */
const NOTE_EVERY_MS = 12_000

/** Seconds until the tablet locks; a touch begins them anew, here and on the server. */
export function useIdle(seconds: number, onIdle: () => void): number {
  const call = useApi<typeof kioskRoutes>()
  const [left, setLeft] = useState(seconds)
  const idle = useRef(onIdle)
  idle.current = onIdle
  useEffect(() => {
    setLeft(seconds)
    let touchedAt = Date.now()
    let notedAt = Date.now()
    const touch = () => {
      touchedAt = Date.now()
      setLeft(seconds)
      if (touchedAt - notedAt < NOTE_EVERY_MS) return
      notedAt = touchedAt
      call('POST /kiosk-session/activity').catch(() => undefined)
    }
    const timer = setInterval(() => {
      const remaining = Math.ceil(seconds - (Date.now() - touchedAt) / 1000)
      setLeft(Math.max(0, remaining))
      if (remaining <= 0) idle.current()
    }, 1000)
    for (const event of TOUCHES) addEventListener(event, touch, { capture: true })
    return () => {
      clearInterval(timer)
      for (const event of TOUCHES) removeEventListener(event, touch, { capture: true })
    }
  }, [seconds, call])
  return left
}
