import { editionAt, type ProcessKind, type ProcessRules, processRules } from '@opsflow/capabilities/processes'
import {
  editions,
  type Jurisdiction,
  jurisdictionOf,
  type LimitOp,
  publishedLimit,
  publishedLimits,
  type RulesOf,
} from '@opsflow/capabilities/temperature'

/** A limit that a plan may choose as critical: of the product's rules, with where it is written. */
export type LimitRule = {
  id: string
  /** For which food or surface, as the rule book says it. */
  what: string
  /** As printed: '≤ 41 °F / 5 °C'. */
  text: string
  source: string
  edition: string
  confirmWithAuthority: boolean
  /** The process whose rule it is; null: a limit of temperatures. */
  process: ProcessKind | null
}

/** The rules that hold at a location: its own, and what guidance adds. */
export function limitRulesAt(rules: RulesOf): LimitRule[] {
  const jurisdiction = jurisdictionOf(rules)
  const published = publishedLimits
    .filter((limit) => HOLDS_IN[jurisdiction].includes(limit.jurisdiction))
    .map(({ id, what, code, source, edition, confirmWithAuthority, ...limit }): LimitRule => {
      const held = limit.holdSeconds ? `, ${limit.holdSeconds} s` : ''
      const within = limit.maxMinutes ? `, ≤ ${limit.maxMinutes} min` : ''
      return {
        ...{ id, what, text: boundText(limit) + held + within, process: null },
        ...{ source: [code, source].filter(Boolean).join(' · '), edition: titleOf(edition), confirmWithAuthority },
      }
    })
  return [...published, ...rulesOfProcesses(processRules(editionAt(rules)))]
}

const HOLDS_IN: Record<Jurisdiction, readonly Jurisdiction[]> = {
  us: ['us'],
  'us-nyc': ['us-nyc', 'us'],
  uk: ['uk', 'eu'],
  'uk-sct': ['uk-sct', 'uk', 'eu'],
  eu: ['eu'],
}

const titleOf = (id: string) => editions.find((edition) => edition.id === id)?.title ?? id

function rulesOfProcesses(rules: ProcessRules): LimitRule[] {
  const { cooling, reheating, hotHolding, timeControl, thawing, dateMark, cooking } = rules
  const rule = (process: ProcessKind, what: string, text: string, source: string, id: string = process): LimitRule => ({
    ...{ id: `process.${id}`, what, text, source, process },
    ...{ edition: titleOf(rules.edition), confirmWithAuthority: rules.confirmWithAuthority },
  })
  const hours = (minutes: number) => `${minutes / 60} h`
  const { hot, lukewarm, cold, stage1Minutes, totalMinutes } = cooling
  const stages = `${degrees(hot)} → ${degrees(lukewarm)} ≤ ${hours(stage1Minutes)} → ${degrees(cold)} ≤ ${hours(totalMinutes)}`
  const usual = reheating.usual
  const most = Math.max(...timeControl.hours.cold, ...timeControl.hours.hot)
  return [
    rule('cooling', 'two-stage cooling', stages, '3-501.14'),
    rule(
      'reheating',
      'reheating for hot holding',
      `${boundText(usual)}, ${usual.holdSeconds} s, ≤ ${hours(usual.withinMinutes)}`,
      '3-403.11',
    ),
    rule('hot_holding', 'hot holding', boundText(hotHolding.usual), '3-501.16'),
    ...cooking.map((one) =>
      rule(
        'cooking',
        `cooking: ${publishedLimit(one.id)?.what ?? 'whole meat roasts'}`,
        `${boundText(one)}${one.holdSeconds > 0 ? `, ${one.holdSeconds} s` : ''}`,
        '3-401.11',
        `cooking.${one.id}`,
      ),
    ),
    rule('time_control', 'time instead of temperature', `≤ ${most} h`, '3-501.19'),
    rule('thawing', 'thawing in the cold', boundText(thawing.cold), '3-501.13'),
    rule('date_mark', 'date marking', `≤ ${dateMark.daysKept} d`, '3-501.17'),
  ]
}

type Bound = { op: LimitOp; milliF: number | null; milliC: number | null }
const SIGN: Record<LimitOp, string> = { '<=': '≤ ', '<': '< ', '>=': '≥ ', '>': '> ', 'abs<=': '± ' }

const boundText = (bound: Bound) => SIGN[bound.op] + degrees(bound)

const degrees = ({ milliF, milliC }: Bound) =>
  [milliF !== null && `${milliF / 1000} °F`, milliC !== null && `${milliC / 1000} °C`].filter(Boolean).join(' / ')
