import type { Deviation, MonitoredTie } from '@opsflow/capabilities/haccp'
import type { ReportedPlan } from '@opsflow/capabilities/haccp/server'
import { type Paper, QUIET } from '@opsflow/platform/server/paper/paper'
import type { PackLanguage } from '../pack.ts'
import { packWords } from './pack-words.ts'
import { type PlanReportWords, planReportWords } from './plan-words.ts'

type Drawing = {
  paper: Paper
  language: PackLanguage
  time: (instant: string) => string
  from: string
  today: string
}
type Telling = Drawing & { words: PlanReportWords }
type Signed = NonNullable<ReportedPlan['signed']>

/** So many are listed for each plan; they stand among the deviations of the pack anyway. */
const MOST_LISTED = 60

/** Each plan of the location as it is signed, and whether each of its points was kept to. */
export function drawPlans(drawing: Drawing, plans: readonly ReportedPlan[]) {
  const telling = { ...drawing, words: planReportWords[drawing.language] }
  const { paper, words } = telling
  paper.heading(words.plans)
  if (plans.length === 0) return paper.paragraph(words.noPlan)
  for (const { name, signed } of plans) {
    paper.paragraph(`${words.plan}: ${name}`, { size: 11 })
    if (signed) ofSigned(telling, signed)
    else paper.paragraph(words.unsigned)
  }
}

function ofSigned(telling: Telling, signed: Signed) {
  const { paper, words, from } = telling
  const { controls } = signed.monitoring
  paper.facts(factsOf(telling, signed))
  paper.doc.y += 4
  const day = signed.signedAt.slice(0, 10)
  if (day > from) paper.paragraph(words.signedSince(day), { size: 9, colour: QUIET })
  paper.table({
    heads: [words.point, words.limits, words.monitoring, words.standing, words.deviations],
    widths: [20, 22, 30, 15, 13],
    rows: controls.map((control) => [
      `${control.number}: ${control.stepName}`,
      printable(control.limits.join('\n'), words) || '–',
      control.ties.map((tie) => tieText(tie, telling)).join('\n') || '–',
      [
        words.standings[control.standing],
        control.expected > 0 && words.counted(control.done, control.expected, control.late),
      ]
        .filter(Boolean)
        .join('\n'),
      words.found(control.deviations.count, control.deviations.open),
    ]),
    isFail: (n) => controls[n]?.kind === 'ccp' && ['partly', 'not_monitored'].includes(controls[n]?.standing ?? ''),
  })
  const all = controls.flatMap(({ number, deviations }) => deviations.items.map((one) => ({ number, one })))
  if (all.length === 0) return
  paper.keep(120)
  paper.paragraph(words.deviated, { size: 11 })
  deviationTable(telling, all.slice(0, MOST_LISTED))
  if (all.length > MOST_LISTED) paper.paragraph(words.more(all.length - MOST_LISTED), { size: 9, colour: QUIET })
}

/** Who signed it, and until when it is good. */
export function factsOf(
  { words, time, today }: Pick<Telling, 'words' | 'time' | 'today'>,
  signed: Pick<Signed, 'number' | 'reviewDue' | 'digest'> & { signatures: Signed['signatures'] },
): [string, string][] {
  const { number, reviewDue, digest, signatures } = signed
  return [
    [words.plan, words.revision(number)],
    ...signatures.map(({ by, meaning, signedAt }): [string, string] => [
      words.signed,
      `${by?.name ?? 'OpsFlow'}, ${words.meanings[meaning]}, ${time(signedAt)}`,
    ]),
    [words.reviewBy, reviewDue < today ? `${reviewDue} (${words.overdue})` : reviewDue],
    [words.digest, digest],
  ]
}

export function tieName({ kind, name }: Pick<MonitoredTie, 'kind' | 'name'>, language: PackLanguage): string {
  return kind === 'process' ? (packWords[language].kinds[name as 'cooling'] ?? name) : name
}

const tieText = (tie: MonitoredTie, { words, language }: Telling) =>
  `${tieName(tie, language)}: ${words.counted(tie.done, tie.expected, tie.late)}`

export function deviationTable(
  { paper, words, time }: Pick<Telling, 'paper' | 'words' | 'time'>,
  all: readonly { number?: string; one: Deviation }[],
) {
  const isOpen = (n: number) => ['nothing', 'open'].includes(all[n]?.one.acted ?? '')
  paper.table({
    heads: [words.when, words.what, words.value, words.done],
    widths: [24, 32, 22, 22],
    rows: all.map(({ number, one }) => [
      [time(one.at), one.until && time(one.until)].filter(Boolean).join(' –\n'),
      [number, one.what].filter(Boolean).join(': '),
      readingOf(one, words) || '–',
      words.acted[one.acted],
    ]),
    isFail: isOpen,
  })
}

/** Of a food that failed, why. */
export const readingOf = ({ kind, value }: Deviation, words: PlanReportWords): string =>
  kind === 'process' ? (words.failures[value] ?? value) : value

/** A limit without its sign says nothing: what cannot be printed is said in words. */
export const printable = (text: string, { signs }: PlanReportWords): string =>
  Object.entries(signs).reduce((now, [sign, word]) => now.replaceAll(sign, word), text)
