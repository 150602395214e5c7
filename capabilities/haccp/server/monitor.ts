import { isOpenAt } from '@opsflow/capabilities/locations'
import { offsetClock } from '@opsflow/capabilities/temperature'
import { notFound } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { type NumberedControl, numberedControls } from '../control-numbers.ts'
import type { Deviation, InForce, MonitoredControl, MonitoredTie, PlanMonitoring, Shown } from '../haccp-plan.ts'
import { type Counted, processesAgainst, readAgainst, standingOf, standingOfAll, together } from '../monitored.ts'
import type { PlanContent, Tie, TieOf } from '../plan.ts'
import { type Deviated, deviationsIn } from './deviations.ts'
import { inForceOf } from './signing.ts'
import {
  type AskedTie,
  type FoodsOfDay,
  failedAnswers,
  failedFoods,
  foodsByDay,
  type ListsDone,
  listsDone,
  questionLabels,
  type UnitRead,
  unitDeviations,
  unitsRead,
  type WatchedPlace,
  watchedPlace,
} from './store-monitoring.ts'

const DAY = 86_400_000
const MOST_LISTED = 100

type Facts = {
  place: WatchedPlace
  shown: Shown
  from: string
  to: string
  now: number
  units: readonly UnitRead[]
  lists: readonly ListsDone[]
  foods: readonly FoodsOfDay[]
}

/** Is the plan in force kept to, in these business days? All of it as the database has it in one instant. */
export async function monitorPlan(
  tx: ReadTx,
  planId: string,
  days: { from: string; to: string },
): Promise<PlanMonitoring> {
  return monitorRevision(tx, await inForceOf(tx, planId), days, MOST_LISTED)
}

type Signed = {
  plan: { id: string; name: string; locationId: string }
  inForce: Pick<InForce, 'id' | 'number' | 'signedAt'>
  content: PlanContent
  shown: Shown
}

/** `most`: so many deviations of a control are listed; all are counted. */
export async function monitorRevision(
  tx: ReadTx,
  { plan, inForce, content, shown }: Signed,
  days: { from: string; to: string },
  most: number,
): Promise<PlanMonitoring> {
  const { locationId } = plan
  const place = (await watchedPlace(tx, locationId, days.from, days.to)) ?? notFound()
  const controls = numberedControls(content)
  const ties = controls.flatMap(({ control }) => control.ties)
  const asked = ties.filter(isSchedule).map(({ id, scheduleId, itemIds }): AskedTie => ({ id, scheduleId, itemIds }))
  const unitIds = [...new Set(ties.filter(isUnit).map(({ unitId }) => unitId))]
  const kinds = [...new Set(ties.filter(isProcess).map(({ process }) => process))]
  const span = { locationId, starts: place.starts, ends: place.ends }
  const here = { locationId, ...days }

  const now = Date.now()
  const facts: Facts = {
    ...{ place, shown, now, ...days },
    units: await unitsRead(tx, span, unitIds),
    lists: await listsDone(tx, here, asked),
    foods: await foodsByDay(tx, span, kinds),
  }
  const answers = await failedAnswers(tx, here, asked)
  const labels = await questionLabels(
    tx,
    [...new Set(answers.map(({ templateId }) => templateId))],
    [...new Set(answers.map(({ itemId }) => itemId))],
  )
  const deviated: Deviated = {
    units: await unitDeviations(tx, span, unitIds),
    answers,
    foods: await failedFoods(tx, span, kinds),
    labels: new Map(labels.map(({ itemId, label }) => [itemId, label])),
  }
  return {
    plan: { id: plan.id, name: plan.name },
    location: { id: place.id, name: place.name },
    revision: { id: inForce.id, number: inForce.number, signedAt: inForce.signedAt },
    ...{ ...days, today: place.today, at: new Date(now).toISOString() },
    controls: controls.map((one) => monitored(one, facts, deviated, most)),
  }
}

function monitored(
  { control, kind, number, stepName, hazards }: NumberedControl,
  facts: Facts,
  all: Deviated,
  most: number,
): MonitoredControl {
  const ties = control.ties.map((tie) => tieMonitored(tie, facts))
  const deviations = deviationsIn(control.ties, all)
  const isOpen = ({ acted }: Deviation) => acted === 'nothing' || acted === 'open'
  return {
    ...{ id: control.id, number, kind, stepName, hazards: hazards.map(({ what }) => what) },
    limits: control.limits.map((limit) =>
      limit.kind === 'own' ? limit.what : (facts.shown.limits[limit.ruleId]?.text ?? ''),
    ),
    standing: standingOfAll(ties),
    ...together(ties),
    ties,
    deviations: {
      count: deviations.length,
      open: deviations.filter(isOpen).length,
      // What nobody has finished with comes first, then the latest.
      items: deviations.toSorted((one, other) => Number(isOpen(other)) - Number(isOpen(one))).slice(0, most),
    },
  }
}

function tieMonitored(tie: Tie, facts: Facts): MonitoredTie {
  if (tie.kind === 'unit') return unitMonitored(tie, facts)
  if (tie.kind === 'schedule') return scheduleMonitored(tie, facts)
  return processMonitored(tie, facts)
}

function unitMonitored(
  { id, unitId, everyMinutes, during }: TieOf<'unit'>,
  { place, shown, now, units }: Facts,
): MonitoredTie {
  const unit = units.find((one) => one.id === unitId)
  const name = unit?.name ?? shown.units[unitId] ?? ''
  if (!unit) return told({ id, kind: 'unit', name, unitId }, { expected: 0, done: 0, late: 0 }, null, 0)
  const since = Date.parse(unit.since)
  const until = Math.min(now, Date.parse(place.ends), unit.until === null ? now : Date.parse(unit.until))
  const isOpen = openClock(place)
  const counted = readAgainst(
    unit.hours.map(([hour, readings]) => ({ hour: hour * 3_600_000, readings })),
    {
      ...{ from: Date.parse(place.starts), until, everyMinutes },
      counts: (at) => at >= since && (during === 'always' || isOpen(at)),
    },
  )
  return told({ id, kind: 'unit', name, unitId }, counted, unit.lastAt, unit.brief)
}

/** Where no hours are known, it counts around the clock: nothing is left out because nobody said when it is open. */
function openClock(place: WatchedPlace): (at: number) => boolean {
  if (place.openingHours.length === 0) return () => true
  const offsetAt = offsetClock(place.timezone)
  return (at) => {
    const local = new Date(at + offsetAt(at) * 60_000).toISOString()
    return isOpenAt(place, local.slice(0, 10), local.slice(11, 16))
  }
}

/** Nothing to record is nothing due; excused and missed ones were due all the same. */
function scheduleMonitored({ id, scheduleId }: TieOf<'schedule'>, { shown, lists }: Facts): MonitoredTie {
  const mine = lists.filter(({ tieId }) => tieId === id)
  const sum = (of: 'count' | 'whole', ...outcomes: string[]) =>
    mine.filter(({ outcome }) => outcomes.includes(outcome)).reduce((all, one) => all + one[of], 0)
  const counted = {
    expected: sum('count', 'on_time', 'done_late', 'missed', 'excused', 'late'),
    done: sum('whole', 'on_time', 'done_late'),
    late: sum('whole', 'done_late'),
  }
  const lastAt = latest(mine.map((one) => one.lastAt))
  return told({ id, kind: 'schedule', name: shown.schedules[scheduleId] ?? '', unitId: null }, counted, lastAt, 0)
}

function processMonitored({ id, process, perDay }: TieOf<'process'>, { foods, from, to, place }: Facts): MonitoredTie {
  const mine = foods.filter((one) => one.process === process)
  const lastAt = latest(mine.map((one) => one.lastAt))
  const days =
    perDay === 0 ? mine : daysOver(from, to, place.today).map((day) => mine.find((one) => one.day === day) ?? NONE)
  return told({ id, kind: 'process', name: process, unitId: null }, processesAgainst(days, perDay), lastAt, 0)
}

const NONE = { begun: 0, measured: 0 }

/** Business days that are over. */
function daysOver(from: string, to: string, today: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY) {
    const day = new Date(at).toISOString().slice(0, 10)
    if (day < today) days.push(day)
  }
  return days
}

const told = (
  tie: Pick<MonitoredTie, 'id' | 'kind' | 'name' | 'unitId'>,
  counted: Counted,
  lastAt: string | null,
  brief: number,
): MonitoredTie => ({ ...tie, ...counted, standing: standingOf(counted), lastAt, brief })

const latest = (all: readonly (string | null)[]) =>
  all
    .filter((at) => at !== null)
    .sort()
    .at(-1) ?? null

const isUnit = (tie: Tie): tie is TieOf<'unit'> => tie.kind === 'unit'
const isSchedule = (tie: Tie): tie is TieOf<'schedule'> => tie.kind === 'schedule'
const isProcess = (tie: Tie): tie is TieOf<'process'> => tie.kind === 'process'
