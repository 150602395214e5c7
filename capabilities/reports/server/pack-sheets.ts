import type { Sheet } from '@opsflow/platform/server/paper/workbook'
import { type PackDrawing, presenceText } from './draw-pack.ts'
import { tieName } from './draw-plans.ts'
import type { Pack } from './gather-pack.ts'
import { localIn } from './local-in.ts'
import { type PackWords, packWords } from './pack-words.ts'
import { planReportWords } from './plan-words.ts'

type Telling = {
  pack: Pack
  language: PackDrawing['language']
  words: PackWords
  local: (instant: string | null) => Date | null
}

/** A pack as tables: a sheet for each kind of record, a row for each record, values rather than sentences. */
export function packSheets({ pack, language }: Pick<PackDrawing, 'pack' | 'language'>): Sheet[] {
  const telling = { pack, language, words: packWords[language], local: localIn(pack.place.timezone) }
  return [about, plans, audits, findings, units, excursions, deviations, processes, checklists].map((of) => of(telling))
}

function about({ pack, words, local }: Telling): Sheet {
  const { place, from, to, at, gaps } = pack
  return {
    name: words.title,
    heads: [words.title, place.name],
    rows: [
      [words.by, place.organizationName],
      [words.address, place.address],
      [words.period, `${from} – ${to}`],
      [words.made, local(at)],
      ['', words.times(place.timezone)],
      ...(gaps.length === 0
        ? [[words.gaps, words.noGaps]]
        : gaps.map(({ kind, count }) => [words.gaps, words.gap[kind](count)])),
    ],
  }
}

/** A row for each point of each plan in force. */
const plans = ({ pack, language }: Telling): Sheet => {
  const words = planReportWords[language]
  return {
    name: words.plan,
    heads: [
      ...[words.plan, words.revision(0).replace(/ ?0$/, ''), words.reviewBy, words.point, words.limits, words.standing],
      ...[words.planned, words.doneOf, words.late, words.deviations, words.records],
    ],
    rows: pack.plans.flatMap(({ name, signed }) =>
      signed
        ? signed.monitoring.controls.map((one) => [
            ...[name, signed.number, signed.reviewDue, `${one.number}: ${one.stepName}`, one.limits.join('; ')],
            ...[words.standings[one.standing], one.expected, one.done, one.late, one.deviations.count],
            one.ties.map((tie) => tieName(tie, language)).join('; '),
          ])
        : [[name, words.unsigned]],
    ),
  }
}

const audits = ({ pack, words }: Telling): Sheet => ({
  name: words.audits,
  heads: [
    words.day,
    words.audit,
    words.result,
    '%',
    words.points,
    words.grade,
    words.findings,
    words.by,
    words.presence,
  ],
  rows: pack.audits.map(({ auditDate, name, status, complianceScore, grade, score, scoredBy, shown }) => [
    ...[auditDate, name, words.scored[status], numberOf(complianceScore), score.points],
    ...[grade, score.costs.length, scoredBy?.name ?? null, presenceText(shown, words)],
  ]),
})

const findings = ({ pack, words, local }: Telling): Sheet => ({
  name: words.findings,
  heads: [
    ...[words.opened, words.finding, words.audit, words.severity, words.note, words.due, words.state],
    ...[words.findingStates.fixed, words.done, words.timesFound],
  ],
  rows: pack.findings.map((one) => [
    ...[local(one.openedAt), one.label, one.auditName, words.severities[one.severity], one.said.note, local(one.dueAt)],
    ...[words.findingStates[one.state], local(one.fixedAt)],
    ...[
      one.history.findLast(({ step, outcome }) => step === 'fixed' && outcome === 'applied')?.note ?? null,
      one.times,
    ],
  ]),
})

/** In degrees of the location’s unit, to a tenth. */
const units = ({ pack, words }: Telling): Sheet => {
  const { temperatureUnit } = pack.place
  const degrees = (milliC: number) =>
    Math.round((temperatureUnit === 'C' ? milliC / 1000 : (milliC / 1000) * 1.8 + 32) * 10) / 10
  return {
    name: words.unitDays,
    heads: [
      ...[words.unit, words.day, words.readings, words.within],
      ...[`${words.lowest} °${temperatureUnit}`, `${words.highest} °${temperatureUnit}`],
    ],
    rows: pack.days.map(({ unit, day, readings, compliant, lowest, highest }) => [
      ...[unit, day, readings, compliant, degrees(lowest), degrees(highest)],
    ]),
  }
}

const excursions = ({ pack, words, local }: Telling): Sheet => ({
  name: words.excursions,
  heads: [words.unit, words.began, words.ended, words.peak, '°', words.result, words.alarm],
  rows: pack.excursions.map(({ unit, side, startedAt, endedAt, peak, alarmedAt }) => [
    ...[unit, local(startedAt), local(endedAt), peak && peak.milli / 1000, peak?.unit ?? null],
    ...[words.sides[side], local(alarmedAt)],
  ]),
})

/** A row for each step. */
const deviations = ({ pack, words, local }: Telling): Sheet => ({
  name: words.deviations,
  heads: [words.unit, words.opened, words.state, words.done, words.made, words.by, words.note, words.result],
  rows: pack.deviations.flatMap(({ unitName, openedAt, state, history }) =>
    history.map(({ step, at, by, note, cause, action, disposition, value }) => [
      ...[unitName, local(openedAt), words.states[state], words.steps[step], local(at), by?.name ?? null, note],
      [
        cause && words.causes[cause],
        action && words.actions[action],
        disposition && words.dispositions[disposition],
        value && `${value.text} °${value.unit}`,
      ]
        .filter(Boolean)
        .join('; '),
    ]),
  ),
})

const processes = ({ pack, words, local }: Telling): Sheet => ({
  name: words.processes,
  heads: [words.food, words.kind, words.batch, words.began, words.by, words.result, words.state],
  rows: pack.processes.map((one) => [
    ...[one.product, words.kinds[one.kind], one.batch, local(one.beganAt), one.beganBy?.name ?? null],
    ...[words.results[one.result], one.disposition && words.foods[one.disposition]],
  ]),
})

const checklists = ({ pack, words, local }: Telling): Sheet => ({
  name: words.checklists,
  heads: [words.day, words.checklist, words.result, words.completed, words.by, words.verified, words.by, words.note],
  rows: pack.checklists.map((list) => [
    ...[list.day, list.name, words.outcomes[list.outcome], local(list.completedAt), list.completedBy],
    ...[local(list.verifiedAt), list.verifiedBy, list.excuse?.reason ?? list.reason],
  ]),
})

const numberOf = (text: string | number | null) => (text === null ? null : Number(text))
