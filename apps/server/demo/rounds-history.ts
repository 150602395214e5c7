import { parseTemperature, type UnitRule, unitRule } from '@opsflow/capabilities/temperature'
import { recordByHand, recordReadings } from '@opsflow/capabilities/temperature/server'
import { justNow } from '@opsflow/platform/moment'
import type { Database } from '@opsflow/platform/server/tenant'
import { crewMember, type Opened } from './found-chain.ts'
import type { UnitPlan } from './plan.ts'
import type { Equipped } from './readings-history.ts'
import { type HandReading, handReadings } from './rounds.ts'
import type { Span } from './sensor-history.ts'

/**
 * The rounds of a location: what was within its limits person by person in bulk, what was not one by one, as somebody
 * at the keypad would have recorded it, with the corrective action that such a reading opens.
 */
export async function fillRounds(
  app: Database,
  location: Opened,
  units: readonly Equipped[],
  span: Span,
): Promise<number> {
  const unitIds = new Map(units.map(({ plan, unitId }) => [plan.key, unitId]))
  const rules = new Map(location.plan.units.map((unit) => [unit.key, ruleOf(unit, location.plan.timezone)]))
  const readings = handReadings(location.plan, span).map((reading) => ({
    ...reading,
    unitId: unitIds.get(reading.unit) as string,
    person: crewMember(location, reading.by),
    isDeviation: breaks(rules.get(reading.unit) as UnitRule, reading),
  }))
  for (const person of location.crew) {
    const own = readings.filter((reading) => reading.person === person)
    await app.write(person, async (tx) => {
      for (const source of ['probe', 'typed'] as const) {
        const usual = own.filter((reading) => reading.source === source && !reading.isDeviation)
        await recordReadings(
          tx,
          usual.map(asReading),
          { source, recordedBy: person.id },
          { now: span.to, announce: false },
        )
      }
      for (const { unitId, text, measuredAt } of own.filter(({ isDeviation }) => isDeviation)) {
        await recordByHand(tx, { unitId, value: text, unit: 'F' }, justNow(new Date(measuredAt)))
      }
    })
  }
  return readings.length
}

const asReading = ({ unitId, text, measuredAt }: { unitId: string; text: string; measuredAt: number }) => ({
  unitId,
  sent: text,
  unit: 'F' as const,
  measuredAt,
  receivedAt: measuredAt,
})

const ruleOf = ({ policy }: UnitPlan, timezone: string) =>
  unitRule([{ id: 'plan', startsAt: new Date(0).toISOString(), ...policy }], timezone)

function breaks(rule: UnitRule, { text, measuredAt }: HandReading): boolean {
  const read = parseTemperature(text, 'F')
  return read.ok && rule.judge(read.value, measuredAt).compliant === false
}
