'use client'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import { Temperature, type WorkWords } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Alarm, CorrectiveActionRecord } from '../records.ts'
import type { Unit } from '../routes.ts'
import { entities } from '../sync-entities.ts'
import { parseTemperature } from '../value.ts'
import { useReason } from './refusal-text.tsx'

type Args = Partial<
  Record<'unitId' | 'alarmId' | 'actionId' | 'logId' | 'value', string> & {
    unit: 'F' | 'C'
    response: { cause: string }
  }
>

/** What was recorded about temperatures, where it waits to be sent or was not done. */
export const temperatureWork: WorkWords = {
  Text({ mutation }) {
    const t = useTranslations('temperature.work')
    const args = mutation.args as Args
    const unit = useUnitName(args) ?? t('gone')
    const kind = kinds.find((one) => mutation.name === `temperature.${one}`)
    if (!kind) return t('other', { unit })
    return t.rich(kind, { unit, value: () => <Typed {...args} /> })
  },
  Reason({ result }) {
    const reason = useReason()
    return reason(result.code, result.detail ?? '')
  },
  fixOf({ name, uid, args }) {
    const { unitId, actionId } = args as Args
    if (name === 'temperature.record' && unitId) return `/temperature/log?unit=${unitId}&mend=${uid}`
    if (actionId) return `/corrective-actions/one?id=${actionId}&mend=${uid}`
    return undefined
  },
}

const kinds = ['record', 'correct', 'acknowledge', 'respond', 'recheck', 'close', 'verify'] as const

const none = ''

/** Whichever row it names, the unit it is about. */
function useUnitName({ unitId, alarmId, actionId }: Args) {
  const unit = useRow<Unit>(entities.unit, unitId ?? none)
  const alarm = useRow<Alarm>(entities.alarm, alarmId ?? none)
  const action = useRow<CorrectiveActionRecord>(entities.correctiveAction, actionId ?? none)
  return unit?.name ?? alarm?.unitName ?? action?.unitName
}

function Typed({ value = '', unit = 'F' }: Args) {
  const read = parseTemperature(value, unit)
  return read.ok ? <Temperature value={read.value} /> : <bdi>{value}</bdi>
}
