'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { prefer, usePreferences } from '@opsflow/platform/web'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Activity, type ReactNode, useEffect, useRef, useState } from 'react'
import { usePresence } from '../client/index.ts'
import type { StaffMember, Tablet } from '../kiosk.ts'
import { ChoosePin } from './choose-pin.tsx'
import { languageOf } from './language.tsx'
import { Lobby } from './lobby.tsx'
import { SeatFrame } from './seat-frame.tsx'
import { Work } from './work.tsx'

/** Keeps live what is worked on. */
export type BoardOf = (organizationId: string, work: ReactNode) => ReactNode

/** Someone's place at the tablet: their screens with what they were typing, and what was fetched for them. */
type Seat = { person: StaffMember; queries: QueryClient }

const MOST_SEATS = 6

/**
 * Locking covers a place without clearing it: the same person's PIN leads back to exactly there. Anyone else gets a
 * place of their own, where nothing of the others can be seen.
 */
export function Seats({
  tablet,
  answeredAt,
  board,
  offline,
}: {
  tablet: Tablet
  answeredAt: number
  board: BoardOf
  offline: boolean
}) {
  const { person, enter, leave, changed, ask } = usePresence(tablet, answeredAt)
  const [seats, setSeats] = useState<readonly Seat[]>([])
  const at = person && seats.find((seat) => seat.person.id === person.id)
  useOwnLanguage(person?.id)

  // Whoever proves themselves takes their place, or a new one; the one longest unused makes room.
  if (person && !at) setSeats((before) => [newSeat(person, ask), ...before].slice(0, MOST_SEATS))
  else if (at && seats[0] !== at) setSeats((before) => [at, ...before.filter((seat) => seat !== at)])

  const frame = { tablet, offline, onLock: leave }
  if (person?.mustChangePin) {
    return (
      <SeatFrame person={person} {...frame}>
        <ChoosePin onChosen={changed} />
      </SeatFrame>
    )
  }
  return (
    <>
      {!person && <Lobby tablet={tablet} offline={offline} onEnter={enter} />}
      {seats.map((seat) => (
        <Activity key={seat.person.id} mode={seat === at ? 'visible' : 'hidden'}>
          <QueryClientProvider client={seat.queries}>
            <SeatFrame person={seat.person} {...frame}>
              {board(tablet.organization?.id ?? '', <Work tablet={tablet} person={seat.person} />)}
            </SeatFrame>
          </QueryClientProvider>
        </Activity>
      ))}
    </>
  )
}

/** Whatever of theirs is answered with "nobody is signed in" has the tablet asked how it stands. */
function newSeat(person: StaffMember, ask: () => void): Seat {
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
