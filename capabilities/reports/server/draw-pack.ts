import { Paper, type PaperLogo, QUIET } from '@opsflow/platform/server/paper/paper'
import type { PackLanguage } from '../pack.ts'
import { drawPlans } from './draw-plans.ts'
import { MOST_PHOTOS, type Pack, type ReportedAudit } from './gather-pack.ts'
import { type PackWords, packWords } from './pack-words.ts'

export type PackDrawing = {
  pack: Pack
  language: PackLanguage
  /** Whom it was given to: written across each page. */
  watermark?: string
  /** Where it can be verified. */
  address: string
  logo?: PaperLogo | null
}

type Step = Pack['deviations'][number]['history'][number]
type Telling<Told = Pack> = { paper: Paper; pack: Told; words: PackWords; time: (instant: string) => string }

/** The pack as a tagged PDF: what is missing first, then the records from the most to the least telling. */
export async function drawPack({ pack, language, watermark, address, logo }: PackDrawing): Promise<Buffer> {
  const words = packWords[language]
  const { place, from, to } = pack
  const title = `${words.title} · ${place.name} · ${from} – ${to}`
  const verify = { address, caption: words.verify }
  const paper = new Paper({
    ...{ title, language, brand: place.brand, verify },
    logo: logo && { ...logo, alt: place.organizationName },
  })
  const telling = { paper, pack, words, time: clockOf(place.timezone, language) }
  head(telling)
  gaps(telling)
  drawPlans({ paper, language, time: telling.time, from, today: place.today }, pack.plans)
  audits(telling)
  findings(telling)
  units(telling)
  deviations(telling)
  photos(telling)
  processes(telling)
  checklists(telling)
  excursions(telling)
  unitDays(telling)
  return paper.end(
    { left: `${place.organizationName} · ${place.name}`, above: words.times(place.timezone), right: words.page },
    watermark,
  )
}

function head({ paper, pack, words, time }: Telling) {
  const { place, from, to, at } = pack
  paper.title(words.title, `${place.organizationName} · ${place.name}`)
  paper.facts(
    (
      [
        [words.address, place.address],
        [words.period, from === to ? from : `${from} – ${to}`],
        [words.made, time(at)],
      ] as const
    ).filter(([, value]) => value !== ''),
  )
  paper.paragraph(words.about, { size: 9, colour: QUIET })
}

function gaps({ paper, pack, words }: Telling) {
  paper.heading(words.gaps)
  if (pack.gaps.length === 0) return paper.paragraph(words.noGaps)
  for (const { kind, count } of pack.gaps) paper.paragraph(`• ${words.gap[kind](count)}`)
}

function audits({ paper, pack, words }: Telling) {
  paper.heading(words.audits)
  if (pack.audits.length === 0) return paper.paragraph(words.none)
  paper.table({
    heads: [words.day, words.audit, words.result, words.points, words.by, words.presence],
    widths: [12, 27, 13, 14, 14, 20],
    rows: pack.audits.map(({ auditDate, name, status, complianceScore, grade, score, scoredBy, shown }) => [
      auditDate,
      name,
      words.scored[status],
      [
        complianceScore !== null && `${complianceScore} %`,
        grade,
        score.costs.length > 0 && words.found(score.costs.length),
      ]
        .filter(Boolean)
        .join(', '),
      scoredBy?.name ?? '–',
      presenceText(shown, words),
    ]),
    isFail: (n) => pack.audits[n]?.status === 'fail' || pack.audits[n]?.status === 'fail_critical',
  })
}

/** `At the place, QR code “Back door”` */
export function presenceText(shown: ReportedAudit['shown'], words: PackWords): string {
  if (!shown) return words.notShown
  const { verdict, method, codeLabel, codeEnd, distanceMetres, accuracyMetres } = shown
  const how =
    method === 'code'
      ? words.byCode(codeLabel ?? `…${codeEnd}`)
      : words.byPosition(distanceMetres ?? 0, accuracyMetres ?? 0)
  return `${words.presences[verdict]}, ${how}`
}

/** What audits found, what was done about it, and who confirmed it. */
function findings({ paper, pack, words, time }: Telling) {
  paper.heading(words.findings)
  if (pack.findings.length === 0) return paper.paragraph(words.none)
  paper.table({
    heads: [words.finding, words.due, words.done, words.state],
    widths: [32, 14, 38, 16],
    rows: pack.findings.map(({ label, auditName, severity, times, dueAt, dueDay, said, state, history }) => [
      [
        `${label} (${[words.severities[severity], times > 1 && words.inARow(times)].filter(Boolean).join(', ')})`,
        auditName,
        said.note,
      ]
        .filter(Boolean)
        .join('\n'),
      dueDay ?? time(dueAt),
      history
        .filter(({ outcome }) => outcome === 'applied')
        .map(({ step, note, by, at }) =>
          [
            `${words.findingSteps[step]}${note ? `: ${note}` : ''}`,
            [by?.name, time(at)].filter(Boolean).join(', '),
          ].join(' – '),
        )
        .join('\n'),
      words.findingStates[state],
    ]),
    isFail: (n) => pack.findings[n]?.state === 'open',
  })
}

/** Foods that were cooled, reheated, held or kept by time: each reading, and what became of them. */
export function processes({ paper, pack, words, time }: Telling<Pick<Pack, 'processes'>>) {
  paper.heading(words.processes)
  if (pack.processes.length === 0) return paper.paragraph(words.none)
  paper.table({
    heads: [words.food, words.began, words.done, words.result],
    widths: [26, 16, 38, 20],
    rows: pack.processes.map((process) => [
      [words.kinds[process.kind], process.product, process.batch].filter(Boolean).join('\n'),
      [time(process.beganAt), process.beganBy?.name].filter(Boolean).join('\n'),
      process.steps
        .filter(({ outcome }) => outcome === 'applied')
        .map(({ step, value, note, by, at }) =>
          [
            `${words.processSteps[step]}${value ? ` ${value.text} °${value.unit}` : ''}${note ? `: ${note}` : ''}`,
            [by?.name, time(at)].filter(Boolean).join(', '),
          ].join(' – '),
        )
        .join('\n'),
      [
        words.results[process.result],
        process.disposition && words.foods[process.disposition],
        process.needsVerification && process.state === 'finished' && words.notYet,
        process.verifiedBy && `${words.verified}: ${process.verifiedBy.name}`,
      ]
        .filter(Boolean)
        .join('\n'),
    ]),
    isFail: (n) => pack.processes[n]?.result === 'failed',
  })
}

/** One line for each unit; its days are at the end. */
function units(telling: Telling) {
  const { paper, pack, words } = telling
  paper.heading(words.units)
  if (pack.units.length === 0) return paper.paragraph(words.none)
  paper.table({
    heads: [words.unit, words.daysRead, words.readings, words.within, words.lowest, words.highest],
    widths: [32, 12, 14, 14, 14, 14],
    rows: pack.units.map(({ id, name }) => {
      const days = pack.days.filter(({ unitId }) => unitId === id)
      const sum = (of: 'readings' | 'judged' | 'compliant') => days.reduce((all, day) => all + day[of], 0)
      return [
        name,
        String(days.length),
        String(sum('readings')),
        share(sum('compliant'), sum('judged')),
        degrees(telling, least(days.map(({ lowest }) => lowest))),
        degrees(telling, most(days.map(({ highest }) => highest))),
      ]
    }),
  })
}

export function excursions({ paper, pack, words, time }: Telling<Pick<Pack, 'excursions'>>) {
  paper.heading(words.excursions)
  if (pack.excursions.length === 0) return paper.paragraph(words.none)
  paper.table({
    heads: [words.unit, words.began, words.ended, words.peak, words.alarm],
    widths: [22, 18, 18, 24, 22],
    rows: pack.excursions.map(({ unit, side, startedAt, endedAt, peak, alarmedAt }) => [
      unit,
      time(startedAt),
      endedAt === null ? words.stillOut : time(endedAt),
      peak === null ? words.sides[side] : `${(peak.milli / 1000).toFixed(1)} °${peak.unit} (${words.sides[side]})`,
      alarmedAt === null ? words.noAlarm : time(alarmedAt),
    ]),
  })
}

/** Every step of every deviation: who did what, when, and who confirmed it. */
export function deviations(telling: Telling<Pick<Pack, 'deviations'>>) {
  const { paper, pack, words, time } = telling
  paper.heading(words.deviations)
  if (pack.deviations.length === 0) return paper.paragraph(words.none)
  paper.table({
    heads: [words.unit, words.opened, words.done, words.state],
    widths: [20, 16, 48, 16],
    rows: pack.deviations.map(({ unitName, openedAt, state, history }) => [
      unitName,
      time(openedAt),
      history.map((step) => stepText(step, telling)).join('\n'),
      words.states[state],
    ]),
    isFail: (n) => !['closed', 'verified'].includes(pack.deviations[n]?.state ?? ''),
  })
}

function stepText(
  { step, at, by, note, passed, value, ...answer }: Step,
  { words, time }: Pick<Telling, 'words' | 'time'>,
): string {
  const said = [
    answer.cause && words.causes[answer.cause],
    answer.action && words.actions[answer.action],
    answer.disposition && words.dispositions[answer.disposition],
    value && `${value.text} °${value.unit} (${words.passed(passed === true)})`,
    note,
  ].filter(Boolean)
  const who = [by?.name, time(at)].filter(Boolean).join(', ')
  return `${words.steps[step]}${said.length > 0 ? `: ${said.join('; ')}` : ''} – ${who}`
}

/** What was found, and how it was put right, in the order it was taken. */
function photos({ paper, pack, words, time }: Telling) {
  if (pack.photos.length === 0) return
  const labels = new Map([
    ...pack.findings.flatMap(({ id, answerId, label }) => [[id, label] as const, [answerId, label] as const]),
    ...pack.deviations.map(({ id, unitName }) => [id, unitName] as const),
  ])
  const inOrder = pack.photos.toSorted((one, other) => Date.parse(one.namedAt) - Date.parse(other.namedAt))
  paper.heading(words.photos)
  paper.pictures(
    inOrder.slice(0, MOST_PHOTOS).map(({ ownerId, of, namedAt, sha256, isDrawn, bytes }) => {
      const what = `${labels.get(ownerId) ?? ''} (${[words.photoOf[of], isDrawn && words.drawn].filter(Boolean).join(', ')})`
      const state = bytes ? '' : ` · ${words.noPhoto}`
      return { caption: `${time(namedAt)} · ${sha256.slice(0, 12)}${state}\n${what}`, alt: what, bytes: bytes ?? null }
    }),
  )
  if (inOrder.length > MOST_PHOTOS) paper.paragraph(words.morePhotos(inOrder.length - MOST_PHOTOS))
}

function checklists({ paper, pack, words, time }: Telling) {
  paper.heading(words.checklists)
  if (pack.checklists.length === 0) return paper.paragraph(words.none)
  paper.table({
    heads: [words.day, words.checklist, words.result, words.completed, words.verified],
    widths: [13, 30, 17, 22, 22],
    rows: pack.checklists.map((list) => [
      list.day,
      list.name,
      [words.outcomes[list.outcome], list.excuse?.reason ?? list.reason].filter(Boolean).join(': '),
      list.completedAt === null ? '–' : `${time(list.completedAt)}, ${list.completedBy ?? '–'}`,
      list.verifiedAt !== null
        ? `${time(list.verifiedAt)}, ${list.verifiedBy ?? '–'}`
        : list.awaitsVerification
          ? words.notYet
          : '–',
    ]),
    isFail: (n) => pack.checklists[n]?.outcome === 'missed',
  })
}

export function unitDays(telling: Telling<Pick<Pack, 'days' | 'place'>>) {
  const { paper, pack, words } = telling
  if (pack.days.length === 0) return
  paper.heading(words.unitDays)
  paper.paragraph(words.aboutDegrees, { size: 8.5, colour: QUIET })
  paper.table({
    heads: [words.unit, words.day, words.readings, words.within, words.lowest, words.highest],
    widths: [32, 14, 12, 14, 14, 14],
    rows: pack.days.map((day) => [
      day.unit,
      day.day,
      String(day.readings),
      share(day.compliant, day.judged),
      degrees(telling, day.lowest),
      degrees(telling, day.highest),
    ]),
  })
}

/** Rounded down: what was out of its limit once stays visible. */
const share = (part: number, of: number) => (of === 0 ? '–' : `${Math.floor((part / of) * 1000) / 10} %`)
const least = (all: number[]) => (all.length > 0 ? Math.min(...all) : null)
const most = (all: number[]) => (all.length > 0 ? Math.max(...all) : null)

/** As the location reads temperatures. */
function degrees({ pack }: Telling<Pick<Pack, 'place'>>, milliC: number | null): string {
  if (milliC === null) return '–'
  const { temperatureUnit } = pack.place
  const value = temperatureUnit === 'C' ? milliC / 1000 : (milliC / 1000) * 1.8 + 32
  return `${value.toFixed(1)} °${temperatureUnit}`
}

export function clockOf(timeZone: string, language: PackLanguage): (instant: string) => string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return (instant) => format.format(new Date(instant))
}
