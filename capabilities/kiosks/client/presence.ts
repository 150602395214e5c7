import type { Session } from '@opsflow/capabilities/people'
import type { SeatProof } from '@opsflow/platform/sync'
import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { Tablet } from '../kiosk.ts'
import { isAway } from './away.ts'
import { useTabletPins } from './pins-context.ts'
import { tabletKey, useTabletCall } from './tablet.ts'

/** Someone who has proved themselves at this tablet, to the server or to the tablet alone. */
export type Present = {
  id: string
  name: string
  mustChangePin: boolean
  proof: SeatProof
  /** Undefined while they have to choose a PIN first. */
  session: Session | undefined
}

const signingIn = ['tablet', 'sign-in']
/** A kitchen's network that takes longer is none: the tablet looks at the PIN alone. */
const PATIENCE_MS = 4000

/**
 * A name and six digits. The server looks at them where it can be reached; where it cannot, the tablet does, for those
 * who have proved themselves here before.
 */
export function useSignInAtTablet(tablet: Tablet, offline: boolean) {
  const call = useTabletCall()
  const queries = useQueryClient()
  const pins = useTabletPins()

  async function withServer(memberId: string, pin: string): Promise<Present> {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const proved = await call('POST /kiosk-session', { body: { memberId, pin }, signal })
    const { id, name, mustChangePin, seat, pinSetAt } = proved
    const person = { id, name, mustChangePin, proof: { seat, pinSetAt, signature: null } }
    if (mustChangePin) return { ...person, session: undefined }
    const session = await call('GET /session', { signal })
    // Not awaited: it takes half a second, and the work can begin.
    void pins.learn(proved, pin, session).catch(() => undefined)
    return { ...person, session }
  }

  async function alone(memberId: string, pin: string): Promise<Present> {
    const person = tablet.staff.find(({ id }) => id === memberId)
    const { pinSetAt, session } = await pins.prove(person, memberId, pin)
    const proof = { seat: null, pinSetAt, signature: null }
    return { id: memberId, name: person?.name ?? session.member.name, mustChangePin: false, proof, session }
  }

  return useMutation({
    mutationKey: signingIn,
    networkMode: 'always',
    mutationFn: async ({ memberId, pin }: { memberId: string; pin: string }) => {
      if (offline) return alone(memberId, pin)
      return withServer(memberId, pin).catch((error) => {
        if (isAway(error)) return alone(memberId, pin)
        throw error
      })
    },
    // An answer under way was given before the PIN was.
    onSuccess: () => queries.cancelQueries({ queryKey: tabletKey }),
    onError: () => queries.invalidateQueries({ queryKey: tabletKey }),
  })
}

/**
 * Who is at the tablet, on this screen: whoever entered their PIN here and did not leave since. The server ends that by
 * listing them no more or by another PIN, and never begins it: a screen that was locked stays locked. A seat of the
 * server's that ran out while there was no network ends nothing here.
 */
export function usePresence(tablet: Tablet, answeredAt: number) {
  const call = useTabletCall()
  const queries = useQueryClient()
  const isSigningIn = useIsMutating({ mutationKey: signingIn }) > 0
  const [present, setPresent] = useState<{ person: Present; since: number }>()
  const isOver = present !== undefined && answeredAt > present.since && !stillStands(present.person, tablet)
  const isForgotten = present === undefined && tablet.person !== null && !isSigningIn

  const ask = useCallback(() => void queries.invalidateQueries({ queryKey: tabletKey }), [queries])
  const leave = useCallback(() => {
    setPresent(undefined)
    queries.setQueryData<Tablet>(tabletKey, (known) => known && { ...known, person: null })
    call('DELETE /kiosk-session').then(ask, ask)
  }, [call, queries, ask])
  const enter = useCallback(
    (person: Present) => {
      setPresent({ person, since: Date.now() })
      ask()
    },
    [ask],
  )

  useEffect(() => {
    if (isOver || isForgotten) leave()
  }, [isOver, isForgotten, leave])

  return { person: isOver ? undefined : present?.person, enter, leave, ask }
}

function stillStands({ id, mustChangePin, proof }: Present, tablet: Tablet): boolean {
  const listed = tablet.staff.find((one) => one.id === id)
  return mustChangePin ? listed !== undefined : listed?.pinSetAt === proof.pinSetAt
}

/** Instead of the PIN so far. */
export function useChoosePin() {
  const call = useTabletCall()
  return useMutation({ mutationFn: (body: { pin: string; currentPin?: string }) => call('PUT /pin', { body }) })
}

/** Once more, for one critical record. The PIN goes no farther than to the server or to this tablet's own look at it. */
export function useSigning(tablet: Tablet, person: Present, offline: boolean) {
  const call = useTabletCall()
  const pins = useTabletPins()
  return useCallback(
    async (pin: string) => {
      const by = { id: person.id, name: person.name }
      const signedWith = (signature: SeatProof['signature'], pinSetAt = person.proof.pinSetAt) => ({
        ...by,
        proof: { ...person.proof, pinSetAt, signature },
      })
      const alone = async () => {
        const listed = tablet.staff.find(({ id }) => id === person.id)
        const { pinSetAt } = await pins.prove(listed, person.id, pin)
        return signedWith({ receipt: null }, pinSetAt)
      }
      if (offline) return alone()
      const signal = AbortSignal.timeout(PATIENCE_MS)
      return call('POST /kiosk-signatures', { body: { memberId: person.id, pin }, signal }).then(
        signedWith,
        (error) => {
          if (isAway(error)) return alone()
          throw error
        },
      )
    },
    [call, pins, tablet, person, offline],
  )
}
