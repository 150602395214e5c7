import type { Seated } from '@opsflow/platform/client/sync/seat'
import { useSignedWrite, useSimpleWrite, useWrite } from '@opsflow/platform/client/sync/use-write'
import type { z } from 'zod'
import type { CorrectiveActionRecord } from '../records.ts'
import { correctiveActionIdOf } from '../related-id.ts'
import type { temperatureMutators } from '../sync.ts'
import { entities } from '../sync-entities.ts'

type Mutators = typeof temperatureMutators
type ArgsOf<Name extends keyof Mutators> = z.input<Mutators[Name]['args']>

const deed = <Name extends keyof Mutators>(name: Name) => ({
  name: `temperature.${name}`,
  load: async () => (await import('../sync.ts')).temperatureMutators[name],
})

/** Answers with the corrective action that the reading opened, if it is out of its limit. */
export const useRecordTemperature = () =>
  useWrite(
    deed('record'),
    (reading: ArgsOf<'record'>) => reading,
    (replica, { id }) => {
      const opened = replica.row<CorrectiveActionRecord>(entities.correctiveAction, correctiveActionIdOf(id))
      return { correctiveActionId: opened?.id ?? null, correctiveActionRequired: opened?.state === 'opened' }
    },
  )

export const useAcknowledge = () => useSimpleWrite(deed('acknowledge'), (alarmId: string) => ({ alarmId }))

export const useRespond = (actionId: string) =>
  useSimpleWrite(deed('respond'), (response: ArgsOf<'respond'>['response']) => ({ actionId, response }))

export const useRecheck = (actionId: string) =>
  useSimpleWrite(deed('recheck'), (reading: Omit<ArgsOf<'recheck'>, 'actionId'>) => ({ actionId, ...reading }))

type Signed = { note: string; signedBy?: Seated | undefined }

export const useCloseAction = (actionId: string) =>
  useSignedWrite(deed('close'), ({ note }: Signed) => ({ actionId, note }))

export const useVerifyAction = (actionId: string) =>
  useSignedWrite(deed('verify'), ({ note }: Signed) => ({ actionId, note }))
