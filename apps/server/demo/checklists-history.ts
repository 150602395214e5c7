import { createHash } from 'node:crypto'
import { type Answer, type ChecklistForm, signedText, type UnitHere } from '@opsflow/capabilities/checklists'
import { excuseChecklist, makeChecklists, readForms } from '@opsflow/capabilities/checklists/server'
import type { Actor } from '@opsflow/platform/actor'
import type { Database } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { auditHistory } from './audits-history.ts'
import { draws } from './draws.ts'
import { fillChecklist } from './fill-checklist.ts'
import { crewMember, type Opened } from './found-chain.ts'
import type { Equipped } from './readings-history.ts'
import type { Span } from './sensor-history.ts'
import type { Pool } from './store.ts'
import {
  closeOver,
  type Done,
  MANUAL_READINGS,
  type MadeList,
  madeLists,
  type Reading,
  retireOld,
  storeDone,
} from './store-checklists.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A location's checklists are made a day and a half ahead, and caught up for a week: so it is gone through in steps. */
const STEP = 6 * 24 * HOUR

/** Shares of the demo's profile. */
const MISSED = 0.03
const LATE = 0.08
const EXCUSED = 0.4

/** The checklists of a location as its schedules ask for them, done by its crew: mostly in time, some late, a few never. */
export async function fillChecklists(
  app: Database,
  relay: Pool,
  location: Opened,
  units: readonly Equipped[],
  { from, to }: Span,
): Promise<number> {
  for (let at = from; ; at = Math.min(at + STEP, to)) {
    await app.write(location.system, (tx) => makeChecklists(tx, [location.id], at))
    if (at === to) break
  }
  const lists = await app.readOne<MadeList>(location.system, madeLists(location.id, to))
  const readings = await app.readOne<Reading>(location.system, MANUAL_READINGS, [location.id, iso(from)])
  const forms = await app.read(location.system, (tx) => readForms(tx, [...new Set(lists.map(({ formId }) => formId))]))
  const byUnit = inOrder(readings)
  const done: Done[] = []
  const here = units.map(({ unitId, plan }) => ({ id: unitId, name: plan.name, kind: plan.simulated.kind }))
  const missed: MadeList[] = []
  for (const list of lists) {
    const form = forms.find(({ id }) => id === list.formId)
    const story = form && doneIn(location, here, list, form, byUnit, to)
    if (story) done.push(story)
    else if (Date.parse(list.missedAt) <= to) missed.push(list)
  }
  await app.write(location.system, async (tx) => {
    await storeDone(tx, done)
    await closeOver(tx, location.id, to)
  })
  await auditHistory(app, location, done, forms, here, to)
  const excusing = missed.filter(({ slot }) => draws(`${location.plan.key}/${slot}/excuse`).isLucky(EXCUSED))
  await app.write(location.verifier, async (tx) => {
    for (const { id, slot } of excusing) await excuseChecklist(tx, id, draws(slot).oneOf(EXCUSES))
  })
  // What is over for days does not burden the devices of newcomers.
  await retireOld(app, relay, location.system, location.id, to)
  return lists.length
}

const EXCUSES = [
  'The power was out until noon.',
  'Two of the crew were out sick; the manager did the temperatures by hand.',
  'The street was closed for the parade, we opened late.',
] as const

/** What became of one by the end of the history. Undefined: nobody did it. */
function doneIn(
  location: Opened,
  units: readonly UnitHere[],
  list: MadeList,
  form: ChecklistForm,
  readings: ByUnit,
  end: number,
): Done | undefined {
  const draw = draws(`${location.plan.key}/${form.name}/${list.slot}`)
  if (draw.isLucky(MISSED)) return undefined
  const [visibleAt, dueAt, lateAt, missedAt] = [list.visibleAt, list.dueAt, list.lateAt, list.missedAt].map(
    Date.parse,
  ) as [...[number, number, number, number]]
  const isLate = draw.isLucky(LATE)
  const aim = isLate
    ? Math.min(lateAt + draw.whole([5, 50]) * MINUTE, missedAt - 35 * MINUTE)
    : Math.max(visibleAt, dueAt - draw.whole([18, 40]) * MINUTE)
  if (aim >= end) return undefined
  const person = personFor(location, list, draw.whole([0, 999]))
  const by = { id: person.id, name: person.name }
  const answers = fillChecklist({
    ...{ form, list, by, startedAt: aim, draw },
    units,
    readingOf: (unitId) => nearest(readings.get(unitId) ?? [], aim)?.value ?? '38.5',
  })
  const given = answers.filter(({ answeredAt }) => Date.parse(answeredAt) < end)
  const lastAt = Date.parse(answers.at(-1)?.answeredAt ?? iso(aim))
  const completedAt = given.length === answers.length && lastAt + 20_000 < end ? iso(lastAt + 20_000) : null
  return {
    ...{ list, by: by.id, answers: given, startedAt: iso(aim), completedAt },
    signOff:
      completedAt !== null && form.content.needsSignature
        ? { id: uuid7(Date.parse(completedAt)), digest: digestOf(form, list, given) }
        : null,
  }
}

const personFor = (location: Opened, { role }: MadeList, n: number): Actor =>
  (role === 'org:manager' && location.managers[n % Math.max(1, location.managers.length)]) || crewMember(location, n)

const digestOf = (form: ChecklistForm, list: MadeList, answers: readonly Answer[]) =>
  createHash('sha256')
    .update(signedText(form, { ...list, reason: '' }, answers))
    .digest('hex')

type Timed = Reading & { at: number }
type ByUnit = ReadonlyMap<string, readonly Timed[]>

function inOrder(readings: readonly Reading[]): ByUnit {
  const byUnit = new Map<string, Timed[]>()
  for (const reading of readings) {
    const timed = { ...reading, at: Date.parse(reading.measuredAt) }
    const others = byUnit.get(reading.unitId)
    if (others) others.push(timed)
    else byUnit.set(reading.unitId, [timed])
  }
  return byUnit
}

const nearest = (readings: readonly Timed[], at: number) =>
  readings.reduce<Timed | undefined>(
    (best, one) => (best && Math.abs(best.at - at) <= Math.abs(one.at - at) ? best : one),
    undefined,
  )

const iso = (at: number) => new Date(at).toISOString()
