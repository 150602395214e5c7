import type { Seated } from '@opsflow/platform/client/sync/seat'
import { useSignedWrite, useSimpleWrite, useWrite } from '@opsflow/platform/client/sync/use-write'
import type { z } from 'zod'
import type { CorrectiveActionRecord } from '../records.ts'
import { correctiveActionIdOf } from '../related-id.ts'
import { temperatureMutators as mutators } from '../sync.ts'
import { entities } from '../sync-entities.ts'

type ArgsOf<Name extends keyof typeof mutators> = z.input<(typeof mutators)[Name]['args']>

/** Answers with the corrective action that the reading opened, if it is out of its limit. */
export const useRecordTemperature = () =>
  useWrite(
    mutators.record,
    (reading: ArgsOf<'record'>) => reading,
    (replica, { id }) => {
      const opened = replica.row<CorrectiveActionRecord>(entities.correctiveAction, correctiveActionIdOf(id))
      return { correctiveActionId: opened?.id ?? null, correctiveActionRequired: opened?.state === 'opened' }
    },
  )

export const useAcknowledge = () => useSimpleWrite(mutators.acknowledge, (alarmId: string) => ({ alarmId }))

export const useRespond = (actionId: string) =>
  useSimpleWrite(mutators.respond, (response: ArgsOf<'respond'>['response']) => ({ actionId, response }))

export const useRecheck = (actionId: string) =>
  useSimpleWrite(mutators.recheck, (reading: Omit<ArgsOf<'recheck'>, 'actionId'>) => ({ actionId, ...reading }))

type Signed = { note: string; signedBy?: Seated | undefined }

export const useCloseAction = (actionId: string) =>
  useSignedWrite(mutators.close, ({ note }: Signed) => ({ actionId, note }))

export const useVerifyAction = (actionId: string) =>
  useSignedWrite(mutators.verify, ({ note }: Signed) => ({ actionId, note }))
