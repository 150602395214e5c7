import type { Score } from '@opsflow/capabilities/audits'
import type { PaperLogo } from '@opsflow/platform/server/paper/paper'
import type { Answer, AnswerValue } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import type { ChecklistForm } from '../../form.ts'
import type { Item } from '../../item.ts'
import type { Presence } from '../../presence.ts'
import { placeOf } from '../../standing-answers.ts'
import { type Step, stepsOf } from '../../steps.ts'
import type { ChecklistRecord } from './record.ts'
import { type SheetLanguage, type SheetWords, sheetWords } from './sheet-words.ts'

/** What stands on the paper, from top to bottom; how it is drawn is another matter. */
export type Sheet = {
  title: string
  subtitle: string
  /** The organization’s own colour. */
  brand: string | null
  logo: (PaperLogo & { alt: string }) | null
  facts: [name: string, value: string][]
  parts: SheetPart[]
  signatures: { heading: string; of: SheetSignature[] }
  foot: { left: string; times: string; page: (n: number, of: number) => string }
}
export type SheetPart = { heading: string; lines: SheetLine[] }
export type SheetLine = {
  question: string
  answer: string
  isFail: boolean
  /** Who, when, on what, and how well the time is known. */
  by: string
  remarks: string[]
  /** What was answered before, the latest first. */
  history: string[]
  /** Strokes of a signature. */
  path: string | null
  photos: { caption: string; bytes: Uint8Array | null }[]
}
export type SheetSignature = { text: string; note: string; digest: string }

/** A checklist's record as a sheet: every question that was asked, with what was answered, by whom and when. */
export function sheetOf(record: ChecklistRecord, language: SheetLanguage): Sheet {
  const { checklist, form, location } = record
  const words = sheetWords[language]
  const time = clockOf(location.timezone, language)
  return {
    title: checklist.name,
    subtitle: `${record.organizationName} · ${location.name}`,
    brand: record.brand,
    logo: record.logo && { ...record.logo, alt: record.organizationName },
    facts: factsOf(record, words, time),
    parts: [
      ...(record.score ? [costsOf(record.score, words)].filter(({ lines }) => lines.length > 0) : []),
      ...partsOf(stepsOf(form.content, record.answers, record.units)).map(({ heading, steps }) => ({
        heading,
        lines: steps.map((step) => lineOf(step, record, words, time)),
      })),
    ],
    signatures: {
      heading: words.signatures,
      of: checklist.signOffs.map(({ by, meaning, at, kiosk, signature, note, digest }) => ({
        text:
          `${by?.name ?? '–'} ${words.meanings[meaning]}, ${time(at)} ` +
          `(${[words.proofs[signature], kiosk && `${words.on} ${kiosk.name}`].filter(Boolean).join(', ')})`,
        note,
        digest: `${words.digest}: ${digest}`,
      })),
    },
    foot: { left: `${words.record} ${checklist.id}`, times: words.times(location.timezone), page: words.page },
  }
}

type Clock = (instant: string) => string

/** `27 Nov 2026, 06:10`. Paper is read far from where it was printed: the day is always told. */
function clockOf(timeZone: string, language: SheetLanguage): Clock {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return (instant) => format.format(new Date(instant))
}

function factsOf({ checklist, form, score }: ChecklistRecord, words: SheetWords, time: Clock): Sheet['facts'] {
  const { day, version, dueAt, lateAt, startedAt, startedBy, completedAt, completedBy, status, reason } = checklist
  const isLate = completedAt !== null && lateAt !== null && Date.parse(completedAt) > Date.parse(lateAt)
  const said = (at: string | null, by: { name: string } | null) =>
    at === null ? '' : [time(at), by?.name].filter(Boolean).join(', ')
  const facts: Sheet['facts'] = [
    [words.day, day],
    [words.status, words.statuses[status] + (isLate ? ` (${words.late})` : '')],
    [words.due, dueAt === null ? '' : time(dueAt)],
    [words.started, said(startedAt, startedBy)],
    ...presenceFacts(checklist, form, words, time),
    [words.completed, said(completedAt, completedBy)],
    [words.version, String(version)],
    [words.score, score === null ? '' : scoreText(score, words)],
    [words.reason, reason],
  ]
  return facts.filter(([, value]) => value !== '')
}

/** Each time that someone showed to be there: what it came to, by what, when and who. An audit without says so. */
function presenceFacts(
  { presences }: Pick<Checklist, 'presences'>,
  { content }: Pick<ChecklistForm, 'content'>,
  words: SheetWords,
  time: Clock,
): Sheet['facts'] {
  const isAsked = Boolean(content.scoring) || content.asksPresence === true
  if (presences.length === 0) return isAsked ? [[words.presence, words.notShown]] : []
  return presences.map((one) => [words.presence, presenceText(one, words, time)])
}

function presenceText(shown: Presence, words: SheetWords, time: Clock): string {
  const { verdict, method, codeLabel, codeEnd, distanceMetres, accuracyMetres, by, at, timeQuality } = shown
  const how =
    method === 'code'
      ? words.byCode(codeLabel ?? `…${codeEnd}`)
      : words.byPosition(distanceMetres ?? 0, accuracyMetres ?? 0)
  const quality = timeQuality === 'doubtful' && words.doubtful
  return [words.presences[verdict], how, by?.name, time(at), quality].filter(Boolean).join(', ')
}

/** As it is kept: `87.5 %, 7 of 8 points, passed`. */
function scoreText({ scheme, compliance, points, max, grade, status, costs }: Score, words: SheetWords): string {
  const against = scheme === 'nyc' || scheme === 'fhrs'
  return [
    compliance !== null && `${compliance} %`,
    points !== null && max !== null && words.points(points, max),
    against && points !== null && words.against(points),
    scheme === 'fda' && words.found(costs.length),
    grade !== null && words.grade(grade),
    words.scored[status],
  ]
    .filter(Boolean)
    .join(', ')
}

/** Which answers cost what, dearest first; with what a scheme adds to them. */
function costsOf({ scheme, costs, surcharges }: Score, words: SheetWords): SheetPart {
  const sign = scheme === 'nyc' || scheme === 'fhrs' ? 1 : -1
  const line = (question: string, points: number) => ({
    ...{ question, answer: points === 0 ? '' : signed(sign * points), isFail: points > 0 },
    ...{ by: '', remarks: [], history: [], path: null, photos: [] },
  })
  return {
    heading: words.costs,
    lines: [
      ...costs.map(({ label, points }) => line(label, points)),
      ...surcharges.map((one) => line(words.surcharges[one.for] ?? one.for, one.points)),
    ],
  }
}

const signed = (points: number) => (points > 0 ? `+${points}` : `−${Math.abs(points)}`)

/** A heading for each section, and for each of its entries. */
function partsOf(steps: readonly Step[]): { heading: string; steps: Step[] }[] {
  const parts: { key: string; heading: string; steps: Step[] }[] = []
  for (const step of steps) {
    const key = `${step.section.id} ${step.entry?.id ?? ''}`
    if (parts.at(-1)?.key !== key) {
      const heading = [step.section.title, step.entry?.label].filter(Boolean).join(' · ')
      parts.push({ key, heading, steps: [] })
    }
    parts.at(-1)?.steps.push(step)
  }
  return parts
}

function lineOf(
  { item, answer, entry }: Step,
  record: Pick<ChecklistRecord, 'answers' | 'photos'>,
  words: SheetWords,
  time: Clock,
): SheetLine {
  const place = placeOf({ itemId: item.id, entryId: entry?.id ?? null })
  const before = record.answers
    .filter((other) => placeOf(other) === place && other.id !== answer?.id)
    .sort((one, other) => Date.parse(other.answeredAt) - Date.parse(one.answeredAt))
  const photos = record.photos.filter(({ ownerId }) => ownerId === answer?.id)
  return {
    question: item.label,
    answer: answer ? textAndOutcome(item, answer, words) : item.kind === 'instruction' ? '' : words.unanswered,
    isFail: answer?.outcome === 'fail',
    by: answer ? byLine(answer, words, time) : '',
    remarks: [answer?.note && `${words.note}: ${answer.note}`, answer?.taskId && words.task].filter(
      (remark): remark is string => typeof remark === 'string' && remark !== '',
    ),
    history: before.map((old) => {
      const said = textAndOutcome(item, old, words)
      return `${words.before}: ${said} – ${byLine(old, words, time)}${old.note ? ` – ${old.note}` : ''}`
    }),
    path: answer?.value?.kind === 'signature' ? answer.value.path : null,
    photos: photos.map(({ sha256, bytes, isDrawn }) => ({
      caption: [bytes === null && words.noPhoto, isDrawn && words.drawn, sha256.slice(0, 12)].filter(Boolean).join(' '),
      bytes,
    })),
  }
}

/** Not twice the same: an answer that is called as its outcome is told once. */
function textAndOutcome(item: Item, answer: Answer, words: SheetWords): string {
  const [text, outcome] = [answerText(item, answer, words), words.outcomes[answer.outcome]]
  return text.toLowerCase() === outcome.toLowerCase() ? outcome : [text, outcome].filter(Boolean).join(' · ')
}

function byLine({ answeredBy, answeredAt, kiosk, timeQuality }: Answer, words: SheetWords, time: Clock): string {
  const quality =
    timeQuality === 'doubtful' ? words.doubtful : timeQuality === 'corrected' ? words.corrected : undefined
  return [answeredBy?.name ?? '–', time(answeredAt), kiosk && `${words.on} ${kiosk.name}`, quality]
    .filter(Boolean)
    .join(', ')
}

/** An answer in words, without what it means. */
export function answerText(item: Item, { value, outcome, photos }: Answer, words: SheetWords): string {
  if (value === null) return words.outcomes[outcome]
  if (value.kind === 'photo') return words.photos(photos)
  return valueText(item, value, words)
}

function valueText(item: Item, value: Exclude<AnswerValue, { kind: 'photo' }>, words: SheetWords): string {
  switch (value.kind) {
    case 'pass_fail':
      return value.passes ? words.passes : words.fails
    case 'yes_no':
      return value.yes ? words.yes : words.no
    case 'number':
      return [value.text, item.kind === 'number' && item.unit].filter(Boolean).join(' ')
    case 'temperature':
      return `${value.text} °${value.unit}`
    case 'choice':
      return item.kind === 'choice'
        ? item.options.flatMap(({ id, label }) => (value.options.includes(id) ? [label] : [])).join(', ')
        : ''
    case 'timer':
      return value.endedAt === null ? words.entry : minutesAndSeconds(value.startedAt, value.endedAt)
    case 'signature':
      return value.name
    case 'entry':
      return value.label
    default:
      return value.text
  }
}

function minutesAndSeconds(from: string, to: string): string {
  const seconds = Math.max(Math.round((Date.parse(to) - Date.parse(from)) / 1000), 0)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
