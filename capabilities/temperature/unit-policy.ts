import { z } from 'zod'
import { type AlarmLimits, type AlarmPolicy, AlarmPolicyInput, type PolicyAt, policyClock } from './alarm-policy.ts'
import { type Compliance, type Jurisdiction, judgeAll, type Limit } from './limits.ts'
import { publishedLimit } from './limits-data.ts'
import { OperatingLimits, operatingLimits } from './operating-limit.ts'
import type { UnitKind } from './unit.ts'
import { defaultAlarmPolicy, defaultLimitIds } from './unit-defaults.ts'
import { milliText, type Temperature, type TemperatureUnit } from './value.ts'

const LimitId = z
  .string()
  .max(60)
  .refine((id) => publishedLimit(id) !== undefined, 'No published limit has this id; GET /limits lists them.')

/** How a unit is judged (every reading, by these limits) and when its temperature wakes someone (null: never). */
export const UnitPolicyInput = z.strictObject({
  limitIds: z.array(LimitId).max(6),
  /** Limits the kitchen sets itself, judged beside the published ones. */
  operatingLimits: OperatingLimits.nullable().default(null),
  alarm: AlarmPolicyInput.nullable(),
})
export type UnitPolicyInput = z.infer<typeof UnitPolicyInput>

/** A version, from an instant on. A change is a new version; the past keeps its own. */
export type UnitPolicy = UnitPolicyInput & { id: string; startsAt: string }

/** The first version of a unit starts here, so that history imported later is judged too. */
export const BEFORE_EVERYTHING = '2000-01-01T00:00:00.000Z'

export const defaultPolicy = (kind: UnitKind, jurisdiction: Jurisdiction): UnitPolicyInput => ({
  limitIds: defaultLimitIds(kind, jurisdiction),
  operatingLimits: null,
  alarm: defaultAlarmPolicy(kind, jurisdiction),
})

/**
 * What a unit is judged by when its location comes under other rules: what was usual there gives way to what is usual
 * here; what the kitchen chose itself stays. Null: nothing changes.
 */
export function policyUnder(
  kind: UnitKind,
  policy: UnitPolicyInput,
  { from, to }: { from: Jurisdiction; to: Jurisdiction },
): UnitPolicyInput | null {
  const [was, is] = [defaultPolicy(kind, from), defaultPolicy(kind, to)]
  const limits =
    policy.operatingLimits === null && isSame(policy.limitIds, was.limitIds) ? is.limitIds : policy.limitIds
  const alarm = isSame(policy.alarm, was.alarm) ? is.alarm : policy.alarm
  const under = { limitIds: limits, operatingLimits: policy.operatingLimits, alarm }
  return isSame(under.limitIds, policy.limitIds) && isSame(under.alarm, policy.alarm) ? null : under
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))

/** Fields by name, for PostgreSQL keeps an order of its own. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, inOrder(part)]),
  )
}

export type Judged = Compliance & { edition: string | null; policyId: string | null }

export type UnitRule = {
  limitsAt: (at: number) => readonly Limit[]
  alarmAt: PolicyAt
  judge: (value: Pick<Temperature, 'unit' | 'milli'>, at: number) => Judged
}

/** Everything a unit's readings are judged by, at any instant. */
export function unitRule(versions: readonly UnitPolicy[], timezone: string): UnitRule {
  const newestFirst = versions
    .map((version) => ({ id: version.id, startsAt: Date.parse(version.startsAt), limits: limitsOf(version) }))
    .sort((a, b) => b.startsAt - a.startsAt)
  const versionAt = (at: number) => newestFirst.find(({ startsAt }) => startsAt <= at)
  return {
    limitsAt: (at) => versionAt(at)?.limits ?? [],
    alarmAt: policyClock(versions.map(alarmPolicyOf), timezone),
    judge: (value, at) => {
      const version = versionAt(at)
      return judgedBy(version?.limits ?? [], version?.id ?? null, value)
    },
  }
}

/** One value by one version of the policy: what a device knows of a unit. */
export const judgeBy = (policy: UnitPolicyInput & { id: string }, value: Pick<Temperature, 'unit' | 'milli'>): Judged =>
  judgedBy(limitsOf(policy), policy.id, value)

function judgedBy(
  limits: readonly Limit[],
  policyId: string | null,
  value: Pick<Temperature, 'unit' | 'milli'>,
): Judged {
  const compliance = judgeAll(limits, value)
  return { ...compliance, edition: editionOf(compliance.limitId), policyId }
}

export const limitsOf = (policy: UnitPolicyInput): Limit[] => [
  ...policy.limitIds.flatMap((id) => publishedLimit(id) ?? []),
  ...(policy.operatingLimits ? operatingLimits(policy.operatingLimits) : []),
]

const editionOf = (limitId: string | null) => (limitId === null ? null : (publishedLimit(limitId)?.edition ?? null))

const NEVER: AlarmPolicyInput = {
  limits: { max: null, min: null },
  graceMinutes: 0,
  productFilterMinutes: 0,
  schedule: [],
}

const alarmPolicyOf = ({ id, startsAt, alarm }: UnitPolicy): AlarmPolicy => ({ id, startsAt, ...(alarm ?? NEVER) })

const SIGN = { '<=': '≤', '<': '<', '>=': '≥', '>': '>', 'abs<=': '±' } as const

/** Limits as printed, in the reader's unit where that is printed: '≤ 41 °F', '≥ 160 °F, ≤ 194 °F'. */
export const limitText = (limits: readonly Limit[], unit: TemperatureUnit): string =>
  limits.map((limit) => textOf(limit, unit)).join(', ')

function textOf({ op, milliF, milliC }: Limit, unit: TemperatureUnit): string {
  const inUnit = unit === 'F' ? milliF : milliC
  const other = unit === 'F' ? milliC : milliF
  const shown = inUnit !== null ? { milli: inUnit, unit } : { milli: other ?? 0, unit: unit === 'F' ? 'C' : 'F' }
  return `${SIGN[op]} ${milliText(shown.milli)} °${shown.unit}`
}

/** The band a chart leaves unshaded: the alarm limits in the chart's unit. */
export const bandOf = ({ max, min }: AlarmLimits, unit: TemperatureUnit) => ({
  maxMilli: max === null ? null : unit === 'F' ? max.milliF : max.milliC,
  minMilli: min === null ? null : unit === 'F' ? min.milliF : min.milliC,
})
