import { followRules } from '@opsflow/capabilities/temperature/server'
import { type Actor, can, demand } from '@opsflow/platform/actor'
import { recordEvents } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { z } from 'zod'
import { placesChanged } from '../facts.ts'
import { type ImportPlan, type ImportQuery, type PlannedRow, planOf } from '../import-plan.ts'
import {
  HALF_A_POSITION,
  isEditionThere,
  isPositionWhole,
  type Location,
  LocationChange,
  NewLocation,
} from '../location.ts'
import { columnOf, fieldOf, isField, type ReadRow, rowReader } from '../location-csv.ts'
import type { BuiltInRoles } from './authority.ts'
import { changed } from './change-location.ts'
import { difference } from './difference.ts'
import { demandPlan, importTable, planMark } from './import-table.ts'
import { moveLocation } from './move-location.ts'
import { readTree, type Tree } from './moving.ts'
import { orNameTaken } from './name-taken.ts'
import { storeOpened } from './open-location.ts'
import { lockLocations, updateLocations } from './store.ts'
import { lockTree } from './store-groups.ts'

const file = { owner: 'locations', mostRows: 10_000, fieldOf, isField }

/** A file of locations: what it would do, or, with the plan of a preview, all of it at once or nothing. */
export async function importLocations(content: Uint8Array, query: ImportQuery) {
  const { columns, rows } = await importTable(content, query, file)

  return async (tx: Tx, actor: Actor, roles: BuiltInRoles): Promise<ImportPlan> => {
    demand(actor, 'locations.manage')
    await lockTree(tx, actor)
    const tree = await readTree(tx, actor, roles)
    const active = tree.groups.filter(({ archivedAt }) => archivedAt === null)
    const steps = planned(rows.map(rowReader(columns, active)), await lockLocations(tx, actor), { tree, actor })
    const plan = planOf(
      columns,
      steps.map(({ shown }) => shown),
    )
    const mark = planMark(steps)
    if (query.plan === undefined) return { ...plan, plan: plan.refused === 0 ? mark : null }
    demandPlan('locations', query.plan, mark, plan)
    await take(tx, actor, steps, roles)
    await tx.emit(placesChanged, { organizationId: actor.organizationId })
    return { ...plan, applied: true }
  }
}

type Step = {
  shown: PlannedRow
  create?: z.output<typeof NewLocation>
  id?: string
  change?: { before: Location; after: Location }
  moveTo?: string
}

/** Thousands of locations in a few statements; a move is looked at one by one, for it hands over what people may do. */
async function take(tx: Tx, actor: Actor, steps: readonly Step[], roles: BuiltInRoles) {
  await storeOpened(
    tx,
    actor,
    steps.flatMap(({ create }) => create ?? []),
  )
  const changes = steps.flatMap(({ change }) => change ?? [])
  await updateLocations(
    tx,
    actor,
    changes.map(({ after }) => after),
  ).catch(orNameTaken)
  for (const { before, after } of changes) await followRules(tx, after.id, before, after)
  await recordEvents(
    tx,
    changes.flatMap(({ before, after }) => changeOf(before, after)),
  )
  for (const { id, moveTo } of steps) if (id && moveTo) await moveLocation(tx, actor, id, moveTo, roles)
}

function changeOf(before: Location, after: Location) {
  const told = difference(before, after)
  return told ? [{ name: 'locations.location_changed', subjectId: after.id, locationId: after.id, ...told }] : []
}

type Ground = { tree: Tree; actor: Actor }

function planned(rows: readonly ReadRow[], locations: readonly Location[], ground: Ground): Step[] {
  const byCode = new Map(locations.flatMap((location) => (location.code ? [[location.code, location] as const] : [])))
  const byName = new Map(locations.map((location) => [location.name.toLowerCase(), location]))
  const steps = rows.map((read, n) => {
    const { name = '', code = '' } = read.fields as { name?: string; code?: string }
    const known = byCode.get(code) ?? byName.get(name.toLowerCase())
    return known ? changing(n + 1, read, known, ground) : creating(n + 1, read, ground)
  })
  refuseTwins(steps, rows, locations)
  return steps
}

const refusedAs = (row: number, name: string, errors: PlannedRow['errors']): Step => ({
  shown: { row, name: name.slice(0, 200), outcome: 'refused', changes: [], errors },
})

function creating(row: number, { fields, attributes, errors }: ReadRow, { tree }: Ground): Step {
  const wanted = { ...fields, attributes }
  const parsed = NewLocation.safeParse(wanted)
  const groupId = (fields.groupId as string | undefined) ?? null
  const wrong = [...errors, ...issuesOf(parsed), ...beyond(tree.authority.atGroup('locations.manage', groupId))]
  if (wrong.length > 0 || !parsed.success) return refusedAs(row, String(fields.name ?? ''), wrong)
  const changes = Object.keys(wanted)
    .filter((field) => field !== 'attributes')
    .map(columnOf)
  return { shown: { row, name: parsed.data.name, outcome: 'create', changes, errors: [] }, create: parsed.data }
}

function changing(
  row: number,
  { fields, attributes, errors }: ReadRow,
  known: Location,
  { tree, actor }: Ground,
): Step {
  const { groupId, ...rest } = fields as { groupId?: string }
  const parsed = LocationChange.safeParse({ ...rest, attributes: { ...known.attributes, ...attributes } })
  const after = parsed.success ? changed(known, parsed.data) : known
  const told = difference(known, after)
  const isMove = groupId !== undefined && groupId !== known.groupId
  const mayMove = !isMove || tree.authority.atGroup('locations.manage', groupId)
  const isTouched = told !== null || isMove
  const wrong = [
    ...errors,
    ...issuesOf(parsed),
    ...(isEditionThere(after)
      ? []
      : [problem('rule_edition', 'edition_elsewhere', 'This rule book does not hold there.')]),
    ...(isPositionWhole(after) ? [] : [problem('longitude', 'position_half', HALF_A_POSITION)]),
    ...(known.closedAt === null
      ? []
      : [problem('name', 'location_closed', 'This location is closed. Open it again first.')]),
    ...beyond(!isTouched || (can(actor, 'locations.manage', known.id) && mayMove)),
  ]
  if (wrong.length > 0 || !parsed.success) return refusedAs(row, known.name, wrong)
  const changes = [...Object.keys(told?.after ?? {}), ...(isMove ? ['groupId'] : [])].map(columnOf)
  return {
    shown: { row, name: known.name, outcome: isTouched ? 'change' : 'leave', changes, errors: [] },
    id: known.id,
    ...(told ? { change: { before: known, after } } : {}),
    ...(isMove ? { moveTo: groupId } : {}),
  }
}

/** Two rows of one location, or a name or code that another one has: nobody could say which was meant. */
function refuseTwins(steps: Step[], rows: readonly ReadRow[], locations: readonly Location[]) {
  const named = new Set(steps.flatMap(({ id }) => id ?? []))
  for (const field of ['name', 'code'] as const) {
    const taken = new Map<string, number>()
    for (const location of locations)
      if (!named.has(location.id) && location[field]) taken.set(keyOf(location[field]), 0)
    const known = new Map(locations.map((location) => [location.id, location]))
    for (const [n, step] of steps.entries()) {
      const value = rows[n]?.fields[field] ?? (step.id ? known.get(step.id)?.[field] : null)
      if (typeof value !== 'string' || value === '') continue
      const other = taken.get(keyOf(value))
      if (other === undefined) taken.set(keyOf(value), n + 1)
      else {
        const message =
          other === 0 ? `Another location has the ${field} ${value}.` : `Row ${other} has the same ${field}.`
        const errors = [...step.shown.errors, problem(field, `${field}_twice`, message)]
        steps[n] = refusedAs(n + 1, step.shown.name, errors)
      }
    }
  }
}

const keyOf = (text: string) => text.toLowerCase()

const problem = (column: string, code: string, message: string) => ({ column, code: `locations.${code}`, message })

const beyond = (may: boolean) => (may ? [] : [problem('group', 'forbidden', 'You do not manage this place.')])

type Parsed = {
  success: boolean
  error?: { issues: readonly { path: readonly PropertyKey[]; code: string; message: string }[] }
}

const issuesOf = ({ error }: Parsed) =>
  (error?.issues ?? []).map(({ path, code, message }) => {
    const [field = 'name', key] = path.map(String)
    const column = field === 'attributes' && key ? `attribute:${key}` : columnOf(field)
    return problem(
      column,
      code,
      message.startsWith('Invalid input') && field === 'name' ? 'A name is needed.' : message,
    )
  })
