import type { Session } from '@opsflow/capabilities/people'
import { Refusal, refuse } from '@opsflow/platform/refusal'
import type { Seat, Tablet, TabletStaff } from '../kiosk.ts'
import { afterContact, afterRunning, offlineObstacle, PIN_ROUNDS } from '../offline-proof.ts'
import { lockAfter } from '../tries.ts'
import { type Kept, nothingKept, type PinKeep, type Verifier } from './pin-keep.ts'

/** Someone whose PIN this tablet has looked at alone. */
export type ProvedHere = { pinSetAt: string; session: Session }

/** PINs on a tablet that cannot ask the server. */
export type OfflinePins = {
  /** The server has looked at this PIN: from now on the tablet can. And who they are, for when it cannot be asked. */
  learn: (seat: Pick<Seat, 'id' | 'pinSetAt' | 'provenAt'>, pin: string, session: Session) => Promise<void>
  /** The server has answered: its time holds, and whom it lists no more or knows by another PIN is forgotten here. */
  heard: (tablet: Pick<Tablet, 'state' | 'at' | 'staff'>) => Promise<void>
  /** Refuses with `kiosks.pin_wrong`, `pin_locked`, `guarded` or why it cannot look: `kiosks.offline_…`. */
  prove: (person: TabletStaff | undefined, memberId: string, pin: string) => Promise<ProvedHere>
  /** The time for which the app runs goes on; told now and then. */
  tick: () => Promise<void>
}

export type PinTimes = {
  /** Goes on while the app runs, whatever the wall clock does. */
  monotonicMs: () => number
  wallMs: () => number
}

const realTimes: PinTimes = { monotonicMs: () => performance.now(), wallMs: () => Date.now() }

export function offlinePins(keep: PinKeep, times: PinTimes = realTimes, rounds = PIN_ROUNDS): OfflinePins {
  const startedMs = times.monotonicMs()
  let base: number | undefined
  /** This tab's count of the running time. Tabs do not add up: each goes on from what was kept when it began. */
  const run = (kept: Kept): Kept => {
    base ??= kept.clock.ranMs
    return { ...kept, clock: afterRunning(kept.clock, base + times.monotonicMs() - startedMs, times.wallMs()) }
  }
  const change = <T>(step: (kept: Kept) => readonly [Kept, T]) => keep.change((kept) => step(run(kept)))

  return {
    async learn({ id, pinSetAt, provenAt }, pin, session) {
      const made = await newVerifier(id, pin, rounds)
      await change((kept) => {
        const verifiers = { ...kept.verifiers, [id]: { ...made, pinSetAt, provenAt, session } }
        const clock = afterContact(kept.clock, Date.parse(provenAt), times.wallMs())
        return [{ verifiers, tries: kept.tries.filter(({ memberId }) => memberId !== id), clock }, undefined]
      })
    },

    heard: ({ state, at, staff }) =>
      change((kept) => {
        if (state === 'unknown' || state === 'wiped') return [nothingKept, undefined]
        const clock = afterContact(kept.clock, Date.parse(at), times.wallMs())
        // A locked tablet is told no names: whom it still may know, it hears when it is opened.
        const listed = state === 'locked' ? undefined : new Map(staff.map((person) => [person.id, person.pinSetAt]))
        const stays = ([id, { pinSetAt }]: [string, Verifier]) => !listed || listed.get(id) === pinSetAt
        return [
          { ...kept, verifiers: Object.fromEntries(Object.entries(kept.verifiers).filter(stays)), clock },
          undefined,
        ]
      }),

    async prove(person, memberId, pin) {
      const id = crypto.randomUUID()
      // The try is durable before the PIN is looked at: pulling the plug takes none back.
      const verifier = await change((kept) => {
        const wrong = (tries: Kept['tries']) => tries.map(({ at }) => at)
        const own = kept.tries.filter((one) => one.memberId === memberId)
        const locked = lockAfter({ person: wrong(own), device: wrong(kept.tries) }, kept.clock.ranMs)
        if (locked) refuseLocked(locked.whom, locked.until - kept.clock.ranMs)
        const known = kept.verifiers[memberId]
        const obstacle = offlineObstacle(known, person, kept.clock)
        if (obstacle || !known) return refuseAlone(obstacle ?? 'never_here')
        return [{ ...kept, tries: [...kept.tries, { id, memberId, at: kept.clock.ranMs }] }, known]
      })
      if (!(await isRight(verifier, memberId, pin))) throw wrongPin()
      await change((kept) => [{ ...kept, tries: kept.tries.filter((one) => one.memberId !== memberId) }, undefined])
      return { pinSetAt: verifier.pinSetAt, session: verifier.session }
    },

    tick: () => change((kept) => [kept, undefined]),
  }
}

const HMAC = { name: 'HMAC', hash: 'SHA-256', length: 256 }
const text = new TextEncoder()

/** A copy of what is kept is worth nothing without the key, and with it costs PIN_ROUNDS for each guess. */
async function newVerifier(memberId: string, pin: string, rounds: number) {
  const key = await crypto.subtle.generateKey(HMAC, false, ['sign', 'verify'])
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const tag = await crypto.subtle.sign('HMAC', key, await stretched(memberId, pin, salt, rounds))
  return { key, salt, rounds, tag }
}

const isRight = async ({ key, salt, rounds, tag }: Verifier, memberId: string, pin: string) =>
  crypto.subtle.verify('HMAC', key, tag, await stretched(memberId, pin, salt, rounds))

/** The person is part of what is stretched: a verifier that was moved to another name opens nothing. */
async function stretched(memberId: string, pin: string, salt: Uint8Array<ArrayBuffer>, rounds: number) {
  const secret = await crypto.subtle.importKey('raw', text.encode(`${memberId} ${pin}`), 'PBKDF2', false, [
    'deriveBits',
  ])
  return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, secret, 256)
}

const wrongPin = () => new Refusal('forbidden', 'kiosks.pin_wrong', { detail: 'This PIN is not right.' })

/** In minutes that the app runs: a clock on the wall has no say in it. */
function refuseLocked(whom: 'person' | 'device', leftMs: number): never {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000))
  return refuse('too_many', whom === 'device' ? 'kiosks.guarded' : 'kiosks.pin_locked', {
    detail: `Too many wrong PINs. Wait ${Math.ceil(seconds / 60)} minutes.`,
    retryAfterSeconds: seconds,
  })
}

function refuseAlone(why: NonNullable<ReturnType<typeof offlineObstacle>>): never {
  return refuse('unavailable', `kiosks.offline_${why}`, {
    detail: 'This tablet has to reach the server for this person.',
  })
}
