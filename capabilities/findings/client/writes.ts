import type { Seated } from '@opsflow/platform/client/sync/seat'
import { useSignedWrite, useSimpleWrite } from '@opsflow/platform/client/sync/use-write'
import type { z } from 'zod'
import type { findingMutators } from '../sync.ts'

type Mutators = typeof findingMutators
type ArgsOf<Name extends keyof Mutators> = z.input<Mutators[Name]['args']>

const deed = <Name extends keyof Mutators>(mutator: Name, name: string) => ({
  name: `findings.${name}`,
  load: async () => (await import('../sync.ts')).findingMutators[mutator],
})

/** What people do about a finding: recorded on the device at once, network or not. */
export const useFixFinding = (findingId: string) =>
  useSimpleWrite(deed('fix', 'fix'), (fix: Omit<ArgsOf<'fix'>, 'findingId'>) => ({ findingId, ...fix }))

export const useVerifyFinding = (findingId: string) =>
  useSignedWrite(
    { ...deed('verify', 'verify'), isOfNow: true },
    ({ signedBy: _, ...given }: Omit<ArgsOf<'verify'>, 'findingId'> & { signedBy?: Seated | undefined }) => ({
      findingId,
      ...given,
    }),
  )

export const useSendFindingBack = (findingId: string) =>
  useSimpleWrite(
    { ...deed('sendBack', 'send_back'), isOfNow: true },
    (given: Omit<ArgsOf<'sendBack'>, 'findingId'>) => ({ findingId, ...given }),
  )
