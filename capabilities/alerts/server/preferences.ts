import { refuse } from '@opsflow/platform/refusal'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { byEveryWay, type NoticePreferences } from '../policy-record.ts'
import { readPreferences, upsertPreferences } from './store-preferences.ts'

export const ownPreferences = async (tx: ReadTx): Promise<NoticePreferences> =>
  (await readPreferences(tx, tx.actor.id)) ?? byEveryWay

export async function savePreferences(tx: Tx, wanted: NoticePreferences): Promise<NoticePreferences> {
  if (wanted.zone !== null && !isZone(wanted.zone)) {
    const detail = 'There is no such time zone.'
    refuse('invalid', 'alerts.zone_unknown', {
      detail,
      errors: [{ path: 'body.zone', code: 'alerts.zone_unknown', message: detail }],
    })
  }
  await upsertPreferences(tx, tx.actor.id, wanted)
  return (await readPreferences(tx, tx.actor.id)) ?? wanted
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
