'use client'
import { Button, useClock } from '@opsflow/platform/web'
import { Play, Square } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'

export type Run = { startedAt: string; endedAt: string | null }

/** Runs by the clock, not by the page: closed and opened again, it has gone on. */
export function TimerInput({
  seconds,
  run,
  onRun,
}: {
  seconds: number
  run: Run | undefined
  onRun: (run: Run) => void
}) {
  const t = useTranslations('doing.step')
  const now = useSecond(run !== undefined && run.endedAt === null)
  const end = run?.endedAt ? Date.parse(run.endedAt) : now
  const gone = run ? Math.max(0, Math.floor((end - Date.parse(run.startedAt)) / 1000)) : 0
  const left = Math.max(0, seconds - gone)
  const isRunning = run !== undefined && run.endedAt === null
  const start = () => onRun({ startedAt: new Date().toISOString(), endedAt: null })
  const stop = () => run && onRun({ ...run, endedAt: new Date().toISOString() })
  return (
    <div className="grid gap-4">
      <p
        role="timer"
        aria-label={t('timeLeft')}
        className="py-4 text-center text-6xl font-semibold tracking-[-0.03em] tabular-nums"
      >
        {clock(run?.endedAt ? gone : left)}
      </p>
      {isRunning ? (
        <Button look={left === 0 ? 'primary' : 'secondary'} className="h-16 text-lg" onClick={stop}>
          <Square aria-hidden />
          {t(left === 0 ? 'timerDone' : 'timerEarly')}
        </Button>
      ) : (
        <Button look={run ? 'secondary' : 'primary'} className="h-16 text-lg" onClick={start}>
          <Play aria-hidden />
          {t(run ? 'timerAgain' : 'timerStart')}
        </Button>
      )}
    </div>
  )
}

function useSecond(isRunning: boolean): number {
  const slow = useClock()
  const [now, setNow] = useState(0)
  useEffect(() => {
    if (!isRunning) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isRunning])
  return isRunning ? Math.max(now, slow) : slow
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
