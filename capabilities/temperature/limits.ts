import type { Temperature, TemperatureUnit } from './value.ts'

/** Whose rules hold at a location. `us` is the FDA model Food Code as the states adopt it. */
export type Jurisdiction = 'us' | 'us-nyc' | 'uk' | 'uk-sct' | 'eu'

export type LimitOp = '<=' | '<' | '>=' | '>' | 'abs<='

/** FDA Food Code 1-201.10: P priority, Pf priority foundation; null is core or another rule book. */
export type Designation = 'P' | 'Pf' | null

/**
 * A rule a temperature is held to. `milliF` and `milliC` are both as printed (mostly rounded, so neither follows from
 * the other) in thousandths of a degree; null where the rule prints no value in that unit.
 */
export type Limit = {
  id: string
  provenance: 'published' | 'operating'
  what: string
  op: LimitOp
  milliF: number | null
  milliC: number | null
}

/** A limit of a rule book: which code and edition, where and when it holds, and how sure we are of it. */
export type PublishedLimit = Limit & {
  provenance: 'published'
  code: string
  designation: Designation
  source: string
  jurisdiction: Jurisdiction
  edition: EditionId
  /** Dates (ISO) between which it holds; null is open. */
  effectiveFrom: string | null
  effectiveTo: string | null
  /** True where our source is second-hand: the screen says "confirm with your authority". */
  confirmWithAuthority: boolean
  /** How long the food must stay at the temperature (cooking). */
  holdSeconds?: number
  /** Other temperatures with the time that makes them equal. */
  alternatives?: readonly { milliF: number | null; milliC: number; holdSeconds: number }[]
  /** How long it stands covered afterwards (microwave). */
  standSeconds?: number
  /** Within how many minutes it must be reached (reheating). */
  maxMinutes?: number
  /** How long it must stay frozen (parasite destruction). */
  minHours?: number
  /** What the rule itself tolerates, in words; a manual check is judged without it. */
  tolerance?: string
}

export type EditionId =
  | 'fda-2022'
  | 'nyc-health-code'
  | 'operating-practice'
  | 'uk-2013'
  | 'fsa-guidance'
  | 'sct-2006'
  | 'eu-89-108'
  | 'eu-853-2004'

export type Edition = {
  id: EditionId
  title: string
  /** Dates (ISO) between which it holds; null is open. */
  effectiveFrom: string | null
  effectiveTo: string | null
  confirmWithAuthority: boolean
}

export type Judgement = { compliant: boolean } | { unjudgeable: 'no_limit_in_unit'; unit: TemperatureUnit }

/**
 * Does the value keep the limit? Compared in the unit it was read in, as exact integers, without rounding and without
 * tolerance: 41.0 °F is at most 41 °F, 41.001 °F is not. A limit that prints no value in that unit cannot judge it.
 */
export function judge(
  limit: Pick<Limit, 'op' | 'milliF' | 'milliC'>,
  value: Pick<Temperature, 'unit' | 'milli'>,
): Judgement {
  const bound = value.unit === 'F' ? limit.milliF : limit.milliC
  if (bound === null) return { unjudgeable: 'no_limit_in_unit', unit: value.unit }
  return { compliant: keeps(limit.op, value.milli, bound) }
}

export function keeps(op: LimitOp, milli: number, bound: number): boolean {
  if (op === '<=') return milli <= bound
  if (op === '<') return milli < bound
  if (op === '>=') return milli >= bound
  if (op === '>') return milli > bound
  return Math.abs(milli) <= bound
}

export type Compliance = {
  /** Null when nothing could judge it: no limit at all, or none printed in the unit it was read in. */
  compliant: boolean | null
  /** The limit that decided: the first one broken, else the first that judged. */
  limitId: string | null
  broken: string[]
  unjudgeable: string[]
}

/** Several limits at once, such as the minimum and maximum of a dish machine's rinse. Breaking one breaks the rule. */
export function judgeAll(limits: readonly Limit[], value: Pick<Temperature, 'unit' | 'milli'>): Compliance {
  const judged = limits.map((limit) => ({ id: limit.id, judgement: judge(limit, value) }))
  const unjudgeable = judged.filter(({ judgement }) => 'unjudgeable' in judgement).map(({ id }) => id)
  const broken = judged.filter(({ judgement }) => 'compliant' in judgement && !judgement.compliant).map(({ id }) => id)
  const kept = judged.filter(({ judgement }) => 'compliant' in judgement && judgement.compliant).map(({ id }) => id)
  const compliant = broken.length > 0 ? false : kept.length > 0 && unjudgeable.length === 0 ? true : null
  return { compliant, limitId: broken[0] ?? (compliant ? (kept[0] ?? null) : null), broken, unjudgeable }
}
