'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { SeatProvider } from '@opsflow/platform/client/sync/seat'
import { LinkProvider, prefer, SkeletonRows, usePreferences } from '@opsflow/platform/web'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Activity, lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { type Present, usePresence, useSigning, useTabletTime } from '../client/index.ts'
import type { Tablet } from '../kiosk.ts'
import { ChoosePin } from './choose-pin.tsx'
import { languageOf } from './language.tsx'
import { Lobby } from './lobby.tsx'
import type { TabletParts } from './parts.ts'
import { SeatFrame } from './seat-frame.tsx'
import { useRefusal } from './use-refusal.ts'

const load = () => import('./work.tsx').then(({ Work }) => ({ default: Work }))
const Work = lazy(load)

/** Someone's place at the tablet: their screens with what they were typing, and what was fetched for them. */
type Seat = { person: Present; queries: QueryClient }

const MOST_SEATS = 6

/**
 * Locking covers a place without clearing it: the same person's PIN leads back to exactly there. Anyone else gets a
 * place of their own, where nothing of the others can be seen. What all of them did waits in one order, the tablet's.
 */
export function Seats({
  tablet,
  answeredAt,
  parts,
  offline,
}: {
  tablet: Tablet
  answeredAt: number
  parts: TabletParts
  offline: boolean
}) {
  const { person, enter, leave, ask } = usePresence(tablet, answeredAt)
  const [seats, setSeats] = useState<readonly Seat[]>([])
  const at = person && seats.find((seat) => seat.person.id === person.id)
  useOwnLanguage(person?.id)
  useTabletTime()
  // Not needed to sign in, and on the device before the first person has.
  useEffect(() => void load().catch(() => undefined), [])

  // Whoever proves themselves takes their place, or a new one; the one longest unused makes room.
  if (person && !at) setSeats((before) => [newSeat(person, ask), ...before].slice(0, MOST_SEATS))
  else if (at && (seats[0] !== at || at.person !== person)) {
    setSeats((before) => [{ ...at, person }, ...before.filter((seat) => seat !== at)])
  }

  const frame = { tablet, offline, unsent: parts.unsent, onLock: leave }
  if (person?.mustChangePin) {
    return (
      <SeatFrame person={person} {...frame}>
        <ChoosePin tablet={tablet} person={person} onChosen={enter} />
      </SeatFrame>
    )
  }
  return (
    <LinkProvider value={NoLink}>
      {!person && <Lobby tablet={tablet} offline={offline} unsent={parts.unsent} onEnter={enter} />}
      {seats.map((seat) => (
        <Activity key={seat.person.id} mode={seat.person.id === at?.person.id ? 'visible' : 'hidden'}>
          <QueryClientProvider client={seat.queries}>
            <SeatFrame person={seat.person} {...frame}>
              <Signing tablet={tablet} person={seat.person} offline={offline}>
                <Suspense fallback={<SkeletonRows rows={6} />}>
                  <Work tablet={tablet} person={seat.person} parts={parts} />
                </Suspense>
              </Signing>
            </SeatFrame>
          </QueryClientProvider>
        </Activity>
      ))}
    </LinkProvider>
  )
}

/** Outside someone's work nothing leads anywhere: the rest of the product is not the tablet's. */
const NoLink = () => null

/** Everything done in this place is theirs, and what is critical they sign once more. */
function Signing({
  tablet,
  person,
  offline,
  children,
}: {
  tablet: Tablet
  person: Present
  offline: boolean
  children: ReactNode
}) {
  const sign = useSigning(tablet, person, offline)
  const why = useRefusal()
  const seat = useMemo(() => {
    const { id, name, proof } = person
    return { by: { id, name, proof }, sign, why }
  }, [person, sign, why])
  return <SeatProvider value={seat}>{children}</SeatProvider>
}

/** Whatever of theirs is answered with "nobody is signed in" has the tablet asked how it stands. */
function newSeat(person: Present, ask: () => void): Seat {
  const onError = (error: unknown) => {
    if (error instanceof ApiProblem && error.status === 401) ask()
  }
  return {
    person,
    queries: new QueryClient({
      queryCache: new QueryCache({ onError }),
      mutationCache: new MutationCache({ onError }),
      defaultOptions: {
        queries: { staleTime: 15_000, retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2 },
      },
    }),
  }
}

/** A person's language while they are there; the tablet's own before and after. */
function useOwnLanguage(memberId: string | undefined) {
  const { locale } = usePreferences()
  const own = useRef(locale)
  useEffect(() => {
    if (!memberId) own.current = locale
  }, [memberId, locale])
  useEffect(() => {
    if (!memberId) return
    const chosen = languageOf(memberId)
    if (chosen) prefer({ locale: chosen })
    return () => prefer({ locale: own.current })
  }, [memberId])
}
