import { Paper, type PaperLogo, QUIET } from '@opsflow/platform/server/paper/paper'
import type { PackLanguage } from '../pack.ts'
import { clockOf, deviations, excursions, processes, unitDays } from './draw-pack.ts'
import { deviationTable, printable, tieName } from './draw-plans.ts'
import type { PointReport } from './gather-point.ts'
import { packWords } from './pack-words.ts'
import { type PlanReportWords, planReportWords } from './plan-words.ts'

export type PointDrawing = {
  report: PointReport
  language: PackLanguage
  /** Where it can be verified. */
  address: string
  logo?: PaperLogo | null
}

/** A heading with the first rows of its table, in points. */
const TABLE = 130

type Telling = {
  paper: Paper
  report: PointReport
  words: PlanReportWords
  language: PackLanguage
  time: (instant: string) => string
}

/** One control point as a tagged PDF: what the plan says, whether it was kept to, and each record of it. */
export async function drawPoint({ report, language, address, logo }: PointDrawing): Promise<Buffer> {
  const words = planReportWords[language]
  const pack = packWords[language]
  const { place, point, plan, from, to } = report
  const name = `${point.number}: ${point.stepName}`
  const paper = new Paper({
    ...{ title: `${name} · ${place.name} · ${from} – ${to}`, language, brand: place.brand },
    verify: { address, caption: pack.verify },
    logo: logo && { ...logo, alt: place.organizationName },
  })
  const telling = { paper, report, words, language, time: clockOf(place.timezone, language) }
  paper.title(name, `${place.organizationName} · ${place.name}`)
  head(telling)
  says(telling)
  kept(telling)
  deviated(telling)
  const ofPack = { paper, pack: report, words: pack, time: telling.time }
  if (report.deviations.length > 0) deviations(ofPack)
  if (report.processes.length > 0) processes(ofPack)
  answers(telling)
  unitDays(ofPack)
  if (report.excursions.length > 0) excursions(ofPack)
  return paper.end({
    left: `${place.organizationName} · ${place.name} · ${plan.name} · ${point.number}`,
    above: pack.times(place.timezone),
    right: pack.page,
  })
}

function head({ paper, report, words, language, time }: Telling) {
  const { plan, revision, place, from, to, at } = report
  const pack = packWords[language]
  const { reviewDue, signedBy, signedAt } = revision
  paper.facts([
    [words.plan, `${plan.name}, ${words.revision(revision.number)}`],
    [words.signed, [signedBy?.name ?? 'OpsFlow', time(signedAt)].join(', ')],
    [words.reviewBy, reviewDue < place.today ? `${reviewDue} (${words.overdue})` : reviewDue],
    [pack.period, from === to ? from : `${from} – ${to}`],
    [pack.made, time(at)],
    [words.digest, revision.digest],
  ])
  paper.paragraph(words.aboutPoint, { size: 9, colour: QUIET })
  const day = signedAt.slice(0, 10)
  if (day > from) paper.paragraph(words.signedSince(day), { size: 9, colour: QUIET })
}

function says({ paper, report: { point, limits }, words }: Telling) {
  const { control, hazards } = point
  paper.heading(words.says)
  paper.facts(
    (
      [
        [words.hazards, hazards.map(({ what }) => what).join('; ')],
        [words.limits, limits.join('; ')],
        [words.monitored, control.what],
        [words.how, control.how],
        [words.whenAsked, control.when],
        [words.who, control.who],
        [words.process, control.correctsProcess],
        [words.food, control.correctsProduct],
      ] as const
    )
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, printable(value, words)] as const),
  )
}

function kept({ paper, report: { monitored }, words, language, time }: Telling) {
  const { standing, done, expected, late, ties } = monitored
  paper.keep(TABLE)
  paper.heading(words.kept)
  paper.paragraph(`${words.standings[standing]}: ${words.counted(done, expected, late)}`, { size: 12 })
  if (ties.length === 0) return
  paper.table({
    heads: [words.records, words.standing, words.planned, words.doneOf, words.late, words.lastDone],
    widths: [34, 20, 11, 11, 11, 20],
    rows: ties.map((tie) => [
      [`${words.ties[tie.kind]}: ${tieName(tie, language)}`, tie.brief > 0 && words.brief(tie.brief)]
        .filter(Boolean)
        .join('\n'),
      words.standings[tie.standing],
      ...[tie.expected, tie.done, tie.late].map(String),
      tie.lastAt === null ? '–' : time(tie.lastAt),
    ]),
    isFail: (n) => ['partly', 'not_monitored'].includes(ties[n]?.standing ?? ''),
  })
}

function deviated({ paper, report: { monitored }, words, time }: Telling) {
  const { items, count } = monitored.deviations
  paper.keep(TABLE)
  paper.heading(words.deviations)
  if (count > 0) {
    deviationTable(
      { paper, words, time },
      items.map((one) => ({ one })),
    )
  } else {
    const isBlind = ['not_monitored', 'nothing_due', 'not_tied'].includes(monitored.standing)
    paper.paragraph(isBlind ? words.blind : words.found(0, 0))
  }
}

function answers({ paper, report, words, language, time }: Telling) {
  if (report.answers.length === 0) return
  const outcomes = packWords[language].outcomes
  // Not its heading alone at the foot of a page.
  paper.keep(TABLE)
  paper.heading(words.answers)
  paper.table({
    heads: [packWords[language].day, words.list, words.question, words.answer, words.by],
    widths: [12, 22, 30, 18, 22],
    rows: report.answers.map((one) => [
      one.day,
      [one.checklist, outcomes[one.listOutcome as 'missed']].join('\n'),
      one.question || '–',
      [one.value, one.outcome && words.outcomes[one.outcome], one.note].filter(Boolean).join('\n') || '–',
      one.at === null ? '–' : [one.by, time(one.at)].filter(Boolean).join(', '),
    ]),
    isFail: (n) => report.answers[n]?.outcome === 'fail' || report.answers[n]?.listOutcome === 'missed',
  })
}
