import { useMutation } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Mutator } from '../../sync.ts'
import { Unreachable } from '../problem.ts'
import { useMended } from './mended.ts'
import type { Replica } from './replica.ts'
import { type Seated, useSeat } from './seat.ts'
import { DeviceFull } from './store.ts'
import { useReplica } from './use-replica.ts'

/**
 * A mutator by its name. Its rules come with the engine's code, after the first paint; a screen does not carry them.
 * `isOfNow`: it confirms the state of things (a signature); mended, it is done now, not at the time of the first try.
 */
export type Deed<A extends z.ZodType> = { name: string; load: () => Promise<Mutator<A>>; isOfNow?: boolean }

/**
 * One thing a person can do. It is recorded on this device at once, network or not, and shown before the server has
 * heard of it. A refusal comes back as the error; what was typed is the form's to keep. `nowOf` may answer with what
 * the local copy holds after it.
 */
export function useWrite<A extends z.ZodType, Input, Result>(
  { name, load, isOfNow }: Deed<A>,
  argsOf: (input: Input) => z.input<A>,
  nowOf: (replica: Replica, args: z.input<A>) => Result,
  signedBy: (input: Input) => Seated | undefined = nobodyElse,
) {
  const replica = useReplica()
  const seat = useSeat()
  const mended = useMended(name)
  return useMutation({
    networkMode: 'always',
    mutationFn: async (input: Input) => {
      const ready = await whole(replica)
      const args = argsOf(input)
      const mutator = await load()
      const by = signedBy(input) ?? seat?.by
      await (mended ? mended.mend(ready, args, isOfNow ? { by } : undefined) : ready.mutate(mutator, args, by))
      return nowOf(ready, args)
    },
  })
}

const nobodyElse = () => undefined
const nothing = () => undefined

/** For what answers nothing but that it is recorded. */
export const useSimpleWrite = <A extends z.ZodType, Input>(deed: Deed<A>, argsOf: (input: Input) => z.input<A>) =>
  useWrite(deed, argsOf, nothing)

/** For what is critical: on a shared tablet it is signed once more, by whoever is at it. */
export const useSignedWrite = <A extends z.ZodType, Input extends { signedBy?: Seated | undefined }>(
  deed: Deed<A>,
  argsOf: (input: Input) => z.input<A>,
) => useWrite(deed, argsOf, nothing, ({ signedBy }: Input) => signedBy)

const LONGEST_WAIT_MS = 15_000

/** A new device knows nothing yet for a moment: what is done on it waits for the rows it is about. */
function whole(replica: Replica | undefined): Promise<Replica> {
  if (!replica) return Promise.reject(new Unreachable('The local copy is not open.'))
  const { isReady, trouble } = replica.status
  if (isReady) return Promise.resolve(replica)
  if (trouble === 'full') return Promise.reject(new DeviceFull('The device has no room left.'))
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(new Unreachable('The local copy is not whole yet.'))
    }, LONGEST_WAIT_MS)
    const stop = replica.watch(() => {
      if (!replica.status.isReady) return
      clearTimeout(timer)
      stop()
      resolve(replica)
    })
  })
}
