import { Paper, type PaperLogo, QUIET } from '@opsflow/platform/server/paper/paper'
import { type NumberedControl, numberedControls } from '../control-numbers.ts'
import { decide, isSignificant } from '../decision.ts'
import { inFlow } from '../flow.ts'
import type { HaccpRevision } from '../haccp-plan.ts'
import type { Hazard } from '../plan.ts'
import { limitTexts } from './limit-texts.ts'
import { type PlanLanguage, type PlanWords, planWords } from './plan-words.ts'

export type PlanDrawing = { revision: HaccpRevision; timezone: string; language: PlanLanguage; logo?: PaperLogo | null }

type Telling = { paper: Paper; revision: HaccpRevision; words: PlanWords; time: (instant: string) => string }

/** A signed plan as a tagged PDF, in the order of the twelve steps. */
export async function drawPlan({ revision: signed, timezone, language, logo }: PlanDrawing): Promise<Buffer> {
  const words = planWords[language]
  const revision = asPrinted(signed, words)
  const { name, number, shown } = revision
  const paper = new Paper({
    ...{ title: `${words.title} · ${name} · ${shown.location}`, language },
    logo: logo && { ...logo, alt: shown.location },
  })
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ timeZone: timezone, dateStyle: 'medium', timeStyle: 'short' },
  } as Intl.DateTimeFormatOptions)
  const telling = { paper, revision, words, time: (instant: string) => format.format(new Date(instant)) }
  head(telling)
  teamAndFood(telling)
  flow(telling)
  hazards(telling)
  for (const one of numberedControls(revision.content)) point(telling, one)
  proof(telling)
  return paper.end({
    left: `${shown.location} · ${name} · ${words.revision(number)}`,
    above: words.times(timezone),
    right: words.page,
  })
}

/** A limit without its sign says nothing: what cannot be printed is said in words. */
const asPrinted = (revision: HaccpRevision, { signs }: PlanWords): HaccpRevision =>
  JSON.parse(
    Object.entries(signs).reduce((text, [sign, word]) => text.replaceAll(sign, word), JSON.stringify(revision)),
  ) as HaccpRevision

function head({ paper, revision, words, time }: Telling) {
  const { name, number, shown, signatures, digest, reviewDue, content } = revision
  paper.title(`${words.title}: ${name}`, `${shown.location} · ${words.revision(number)}`)
  paper.facts([
    ...signatures.map(
      ({ by, meaning, signedAt }) =>
        [words.signed, `${by?.name ?? 'OpsFlow'}, ${words.meanings[meaning]}, ${time(signedAt)}`] as const,
    ),
    ...(reviewDue ? [[words.review, reviewDue] as const] : []),
    [words.digest, digest],
  ])
  if (content.scope) paper.paragraph(`${words.scope}: ${content.scope}`)
}

function teamAndFood({ paper, revision: { content }, words }: Telling) {
  paper.heading(words.team)
  for (const { name, leads, duty, knowledge } of content.team)
    paper.paragraph(`• ${[leads ? `${name} (${words.leads})` : name, duty, knowledge].filter(Boolean).join(' · ')}`)
  paper.heading(words.products)
  paper.table({
    heads: [words.product, words.description, words.use, words.allergens, words.kept],
    widths: [16, 28, 22, 18, 16],
    rows: content.products.map((one) => [
      one.name,
      one.description,
      [one.use, words.consumers[one.consumers]].filter(Boolean).join(' · '),
      one.allergens,
      [one.storage, one.shelfLife].filter(Boolean).join(' · '),
    ]),
  })
}

/** The diagram in words: each step with those it leads to. */
function flow({ paper, revision: { content }, words }: Telling) {
  const { steps, arrows, confirmation } = content
  const name = (id: string) => steps.find((step) => step.id === id)?.name ?? ''
  paper.heading(words.flow)
  paper.table({
    heads: [words.step, words.next, words.note],
    widths: [28, 36, 36],
    rows: inFlow(steps, arrows).map((step) => [
      step.name,
      arrows
        .filter(({ from }) => from === step.id)
        .map(({ to }) => name(to))
        .join(', ') || '–',
      step.note || '–',
    ]),
  })
  if (confirmation) paper.paragraph(words.confirmed(confirmation.by, confirmation.on), { size: 9.5, colour: QUIET })
}

function hazards({ paper, revision: { content }, words }: Telling) {
  const { steps, arrows, threshold } = content
  const rows = inFlow(steps, arrows).flatMap((step) =>
    content.hazards.filter(({ stepId }) => stepId === step.id).map((hazard) => ({ step, hazard })),
  )
  paper.heading(words.hazards)
  paper.table({
    heads: [words.step, words.hazard, words.measures, words.risk, words.decision],
    widths: [13, 25, 22, 9, 31],
    rows: rows.map(({ step, hazard }) => [
      step.name,
      [hazard.what, `(${words.kinds[hazard.kind]})`, hazard.cause].filter(Boolean).join('\n'),
      hazard.measures || '–',
      `${hazard.likelihood} × ${hazard.severity} = ${hazard.likelihood * hazard.severity}`,
      isSignificant(hazard, threshold) ? decisionText(hazard, words) : words.notSignificant,
    ]),
  })
}

function decisionText(hazard: Hazard, words: PlanWords): string {
  const { asked, result } = decide(hazard.answers)
  return [
    result && words.results[result],
    ...asked.map((question) => {
      const answer = hazard.answers[question]
      return answer && `${words.questions[question]}: ${words.because[answer.yes ? 'yes' : 'no']}. ${answer.because}`
    }),
  ]
    .filter(Boolean)
    .join('\n')
}

function point(
  { paper, revision: { shown }, words }: Telling,
  { control, number, stepName, hazards }: NumberedControl,
) {
  const limits = limitTexts(control, shown, words.validation)
  paper.heading(`${number}: ${stepName}`)
  paper.facts([
    [words.hazard, hazards.map(({ what }) => what).join('; ')],
    [words.limits, limits.join('; ')],
    [words.what, control.what],
    [words.how, control.how],
    [words.when, control.when],
    [words.who, control.who],
    [words.process, control.correctsProcess],
    [words.food, control.correctsProduct],
  ])
}

function proof({ paper, revision: { content }, words }: Telling) {
  paper.heading(words.verification)
  paper.table({
    heads: [words.verification, words.every, words.who],
    widths: [50, 26, 24],
    rows: content.verifications.map(({ what, every, who }) => [what, every, who]),
  })
  paper.heading(words.records)
  paper.table({
    heads: [words.records, words.where, words.kept],
    widths: [56, 26, 18],
    rows: content.records.map(({ what, where, months }) => [what, where, words.months(months)]),
  })
}
