import type { Cell, Sheet } from '@opsflow/platform/server/paper/workbook'
import type { PackLanguage } from '../pack.ts'
import { readingOf, tieName } from './draw-plans.ts'
import type { PointReport } from './gather-point.ts'
import { localIn } from './local-in.ts'
import { type PackWords, packWords } from './pack-words.ts'
import { type PlanReportWords, planReportWords } from './plan-words.ts'

type Telling = {
  report: PointReport
  language: PackLanguage
  words: PlanReportWords
  pack: PackWords
  local: (instant: string | null) => Date | null
}

export type PointTable = { report: PointReport; language: PackLanguage }

/** A control point as tables: a sheet for each kind of record, a row for each record. */
export function pointSheets({ report, language }: PointTable): Sheet[] {
  const telling = tellingOf({ report, language })
  return [about, kept, deviations, unitDays, answers, foods].map((of) => of(telling))
}

const tellingOf = ({ report, language }: PointTable): Telling => ({
  ...{ report, language, words: planReportWords[language], pack: packWords[language] },
  local: localIn(report.place.timezone),
})

const about = ({ report, words, pack, local }: Telling): Sheet => {
  const { plan, revision, place, point, limits, from, to, at, monitored } = report
  const { control, hazards } = point
  return {
    name: point.number,
    heads: [`${point.number}: ${point.stepName}`, place.name],
    rows: [
      [words.plan, `${plan.name}, ${words.revision(revision.number)}`],
      [words.signed, revision.signedBy?.name ?? 'OpsFlow'],
      [words.reviewBy, revision.reviewDue],
      [pack.period, `${from} – ${to}`],
      [pack.made, local(at)],
      ['', pack.times(place.timezone)],
      [words.hazards, hazards.map(({ what }) => what).join('; ')],
      [words.limits, limits.join('; ')],
      [words.monitored, control.what],
      [words.how, control.how],
      [words.whenAsked, control.when],
      [words.who, control.who],
      [words.kept, words.standings[monitored.standing]],
      [words.digest, revision.digest],
    ],
  }
}

const kept = ({ report, language, words, local }: Telling): Sheet => ({
  name: words.records,
  heads: [words.kind, words.records, words.standing, words.planned, words.doneOf, words.late, words.lastDone],
  rows: report.monitored.ties.map((tie) => [
    ...[words.ties[tie.kind], tieName(tie, language), words.standings[tie.standing]],
    ...[tie.expected, tie.done, tie.late, local(tie.lastAt)],
  ]),
})

const deviations = ({ report, words, local }: Telling): Sheet => ({
  name: words.deviations,
  heads: [words.when, words.until, words.what, words.value, words.done],
  rows: report.monitored.deviations.items.map((one) => [
    ...[local(one.at), local(one.until), one.what, readingOf(one, words), words.acted[one.acted]],
  ]),
})

const unitDays = ({ report, pack }: Telling): Sheet => {
  const { temperatureUnit } = report.place
  return {
    name: pack.unitDays,
    heads: [
      ...[pack.unit, pack.day, pack.readings, pack.within],
      ...[`${pack.lowest} °${temperatureUnit}`, `${pack.highest} °${temperatureUnit}`],
    ],
    rows: report.days.map(({ unit, day, readings, compliant, lowest, highest }) => [
      ...[unit, day, readings, compliant, degreesIn(temperatureUnit, lowest), degreesIn(temperatureUnit, highest)],
    ]),
  }
}

const answers = ({ report, words, pack, local }: Telling): Sheet => ({
  name: pack.checklists,
  heads: [
    pack.day,
    words.list,
    pack.result,
    words.question,
    words.answer,
    words.result,
    words.by,
    words.when,
    words.note,
  ],
  rows: report.answers.map((one) => [
    ...[one.day, one.checklist, pack.outcomes[one.listOutcome as 'missed'], one.question, one.value],
    ...[one.outcome && (words.outcomes[one.outcome] ?? ''), one.by, local(one.at), one.note],
  ]),
})

const foods = ({ report, pack, local }: Telling): Sheet => ({
  name: pack.processes,
  heads: [pack.food, pack.kind, pack.batch, pack.began, pack.by, pack.result, pack.state],
  rows: report.processes.map((one) => [
    ...[one.product, pack.kinds[one.kind], one.batch, local(one.beganAt), one.beganBy?.name ?? null],
    ...[pack.results[one.result], one.disposition && pack.foods[one.disposition]],
  ]),
})

/** To a tenth of a degree, as the location reads temperatures. */
const degreesIn = (unit: 'F' | 'C', milliC: number) =>
  Math.round((unit === 'C' ? milliC / 1000 : (milliC / 1000) * 1.8 + 32) * 10) / 10

/** The same as one table: a row for each record of whatever kind, the kinds one after another. */
export function pointTable(asked: PointTable): string[][] {
  const told = tellingOf(asked)
  const { words } = told
  const head = [words.kind, words.when, words.until, words.what, words.value, words.result, words.by, words.note]
  return [head, ...rowsOf(told).map((row) => row.map(cellText))]
}

function rowsOf({ report, language, words, pack, local }: Telling): Cell[][] {
  const { temperatureUnit: unit } = report.place
  const degrees = (low: number, high: number) => `${degreesIn(unit, low)} – ${degreesIn(unit, high)} °${unit}`
  return [
    ...report.monitored.ties.map((tie) => [
      ...[
        words.records,
        local(tie.lastAt),
        '',
        tieName(tie, language),
        words.counted(tie.done, tie.expected, tie.late),
      ],
      ...[words.standings[tie.standing], '', ''],
    ]),
    ...report.days.map((day) => [
      ...[words.ties.unit, day.day, '', day.unit, degrees(day.lowest, day.highest)],
      ...[`${day.compliant} / ${day.judged}`, '', ''],
    ]),
    ...report.answers.map((one) => [
      ...[words.ties.schedule, local(one.at) ?? one.day, '', [one.checklist, one.question].filter(Boolean).join(': ')],
      ...[one.value, one.outcome ? (words.outcomes[one.outcome] ?? '') : pack.outcomes[one.listOutcome as 'missed']],
      ...[one.by, one.note],
    ]),
    ...report.processes.map((one) => [
      ...[words.ties.process, local(one.beganAt), local(one.finishedAt), `${pack.kinds[one.kind]}: ${one.product}`],
      ...[one.batch, pack.results[one.result], one.beganBy?.name ?? '', ''],
    ]),
    ...report.monitored.deviations.items.map((one) => [
      ...[
        words.deviations,
        local(one.at),
        local(one.until),
        one.what,
        readingOf(one, words),
        words.acted[one.acted],
        '',
        '',
      ],
    ]),
  ]
}

const cellText = (cell: Cell): string =>
  cell instanceof Date ? cell.toISOString().slice(0, 16).replace('T', ' ') : String(cell ?? '')
