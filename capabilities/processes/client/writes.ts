import type { Seated } from '@opsflow/platform/client/sync/seat'
import { useSignedWrite, useSimpleWrite } from '@opsflow/platform/client/sync/use-write'
import type { z } from 'zod'
import type { processMutators } from '../sync.ts'

type Mutators = typeof processMutators
type Args<Name extends keyof Mutators> = z.input<Mutators[Name]['args']>

const deed = <Name extends keyof Mutators>(name: Name) => ({
  name: `processes.${name}`,
  load: async () => (await import('../sync.ts')).processMutators[name],
})
const same = <Input>(input: Input) => input
const deeds = {
  start: deed('start'),
  read: deed('read'),
  correct: deed('correct'),
  note: deed('note'),
  finish: deed('finish'),
  verify: { ...deed('verify'), isOfNow: true },
  calibrate: deed('calibrate'),
}

/** What people do about food processes: recorded on the device at once, network or not. */
export const useBegin = () => useSimpleWrite(deeds.start, same<Args<'start'>>)
export const useRead = () => useSimpleWrite(deeds.read, same<Args<'read'>>)
export const useCorrect = () => useSimpleWrite(deeds.correct, same<Args<'correct'>>)
export const useNote = () => useSimpleWrite(deeds.note, same<Args<'note'>>)
export const useFinish = () => useSimpleWrite(deeds.finish, same<Args<'finish'>>)
export const useCalibrate = () => useSimpleWrite(deeds.calibrate, same<Args<'calibrate'>>)
export const useVerify = () =>
  useSignedWrite(
    deeds.verify,
    ({ signedBy: _, ...args }: Args<'verify'> & { signedBy?: Seated | undefined }): Args<'verify'> => args,
  )
