'use client'
import { lazy, Suspense } from 'react'
import type { LiveScore as Live, StandingScore as Standing } from './score-here.tsx'

type LiveProps = Parameters<typeof Live>[0]
type StandingProps = Parameters<typeof Standing>[0]

const LiveHere = lazy(async () => ({ default: (await import('./score-here.tsx')).LiveScore }))
const StandingHere = lazy(async () => ({ default: (await import('./score-here.tsx')).StandingScore }))

/** Of a checklist without a scheme nothing is fetched: most have none. */
export const LiveScore = (here: LiveProps) =>
  here.form.content.scoring && (
    <Suspense fallback={<p className="h-5" />}>
      <LiveHere {...here} />
    </Suspense>
  )

export const StandingScore = (here: StandingProps) =>
  here.form.content.scoring && (
    <Suspense>
      <StandingHere {...here} />
    </Suspense>
  )
