import type { Tx } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { jurisdictionOf, policyUnder, type RulesOf } from '../index.ts'
import { showAnew } from './change-unit.ts'
import { memberId } from './may.ts'
import { insertPolicy, readUnit, unitsAt } from './store-units.ts'
import { lockUnits } from './store-watched-units.ts'

/**
 * A location comes under other rules: from now on its units are judged by what is usual there, unless the kitchen chose
 * otherwise. What was recorded keeps the limits it was judged by. Part of changing the location, so the permission is
 * asked for there.
 */
export async function followRules(
  tx: Tx,
  locationId: string,
  before: RulesOf,
  after: RulesOf,
  now = new Date(),
): Promise<void> {
  const change = { from: jurisdictionOf(before), to: jurisdictionOf(after) }
  if (change.from === change.to) return
  for (const { id } of await lockUnits(tx, [], await unitsAt(tx, locationId))) {
    const unit = await readUnit(tx, id)
    const input = unit && policyUnder(unit.kind, unit.policy, change)
    if (!input) continue
    const reason = `The location’s rules changed from ${change.from} to ${change.to}.`
    const startsAt = now.toISOString()
    await insertPolicy(tx, { id: uuid7(), locationId, unitId: id, startsAt, input, reason, by: memberId(tx.actor) })
    await showAnew(tx, id, now)
  }
}
