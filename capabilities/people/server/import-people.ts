import { type ImportPlan, type ImportQuery, type PlannedRow, planOf } from '@opsflow/capabilities/locations'
import { demandPlan, importTable, planMark } from '@opsflow/capabilities/locations/server'
import { type Actor, demand } from '@opsflow/platform/actor'
import type { Tx } from '@opsflow/platform/server/tenant'
import { type Authority, missingToGrant } from '../grant-rule.ts'
import { isPersonField, type PersonRow, personFieldOf, personReader } from '../people-csv.ts'
import type { Grant } from '../reach.ts'
import { isPermission, type Permission, rolePermissions } from '../roles.ts'
import { storeMember } from './add-member.ts'
import { authorityOf } from './authority.ts'
import { addGrant } from './grant-role.ts'
import { type GrantRow, grantsOfAll, lockOrganization } from './store-grants.ts'
import { type KnownPerson, peopleOf, wordsOf } from './store-people-file.ts'
import { rolesOf } from './store-roles.ts'

const file = { owner: 'people', fieldOf: personFieldOf, isField: isPersonField, mostRows: 2000 }

/** A file of people: what it would do, or, with the plan of a preview, all of it at once or nothing. */
export async function importPeople(content: Uint8Array, query: ImportQuery) {
  const { columns, rows } = await importTable(content, query, file)

  return async (tx: Tx, actor: Actor): Promise<ImportPlan> => {
    demand(actor, 'people.manage')
    await lockOrganization(tx, actor)
    const words = await wordsOf(tx, actor)
    const authority = await authorityOf(
      tx,
      actor,
      words.locations.map(({ id }) => ({ locationId: id })),
    )
    const steps = planned(rows.map(personReader(columns, words)), {
      authority,
      people: await peopleOf(tx, actor),
      grants: await grantsOfAll(tx, actor),
      permissions: permissionsOf(await rolesOf(tx, actor)),
    })
    const plan = planOf(
      columns,
      steps.map(({ shown }) => shown),
    )
    const mark = planMark(steps)
    if (query.plan === undefined) return { ...plan, plan: plan.refused === 0 ? mark : null }
    demandPlan('people', query.plan, mark, plan)
    await take(tx, actor, steps)
    return { ...plan, applied: true }
  }
}

/** A person of the file is someone known, or will be by the row that adds them. */
type Who = { memberId: string } | { addedBy: number }
type Step = { shown: PlannedRow; who: Who; add?: { name: string; email: string | null }; grant?: Grant }

/** The grant rule was asked for every row; the organization is locked, so it is still so. */
async function take(tx: Tx, actor: Actor, steps: readonly Step[]) {
  const added = new Map<number, string>()
  for (const { shown, who, add, grant } of steps) {
    if (add) added.set(shown.row, await storeMember(tx, actor, { userId: null, ...add }))
    const memberId = 'memberId' in who ? who.memberId : added.get(who.addedBy)
    if (grant && memberId) await addGrant(tx, actor, memberId, grant)
  }
}

type Ground = {
  authority: Authority
  people: readonly KnownPerson[]
  grants: readonly GrantRow[]
  permissions: (grant: Grant) => readonly Permission[]
}

function planned(rows: readonly PersonRow[], ground: Ground): Step[] {
  const standing = new Set(ground.grants.map((grant) => keyOf(grant.memberId, grant)))
  const seen = new Map<string, { name: string; who: Who }>()
  return rows.map((read, n) => {
    const row = n + 1
    const key = (read.email ?? read.name).toLowerCase()
    const found = seen.get(key) ?? knownAs(read, ground.people)
    const errors = [
      ...read.errors,
      ...(typeof found === 'object' ? differing(read, found.name) : []),
      ...beyond(read, ground),
    ]
    if (typeof found === 'string') errors.push(problem('name', found, WHY[found]))
    if (errors.length > 0 || typeof found === 'string') return refusedAs(row, read.name, errors)
    const who = found?.who ?? { addedBy: row }
    seen.set(key, { name: read.name, who })
    const holder = 'memberId' in who ? who.memberId : `row ${who.addedBy}`
    const isNew = read.grant !== null && !standing.has(keyOf(holder, read.grant))
    if (read.grant) standing.add(keyOf(holder, read.grant))
    const outcome = found === undefined ? 'create' : isNew ? 'change' : 'leave'
    return {
      shown: { row, name: read.name, outcome, changes: isNew ? ['role'] : [], errors: [] },
      who,
      ...(found === undefined ? { add: { name: read.name, email: read.email } } : {}),
      ...(isNew && read.grant ? { grant: read.grant } : {}),
    }
  })
}

type Unclear = 'name_ambiguous' | 'suspended'
const WHY: Record<Unclear, string> = {
  name_ambiguous: 'Several people are called so. Tell them apart by email.',
  suspended: 'This person is suspended. Let them back in first.',
}

/** By email; without one, by name, as long as one person is called so. */
function knownAs(
  { name, email }: PersonRow,
  people: readonly KnownPerson[],
): { name: string; who: Who } | Unclear | undefined {
  const found = people.filter((person) =>
    email ? person.email?.toLowerCase() === email : person.name.toLowerCase() === name.toLowerCase(),
  )
  const [person] = found
  if (!person) return undefined
  if (found.length > 1) return 'name_ambiguous'
  return person.status === 'active' ? { name: person.name, who: { memberId: person.id } } : 'suspended'
}

const differing = ({ name, email }: PersonRow, known: string) =>
  email && known.toLowerCase() !== name.toLowerCase()
    ? [problem('name', 'name_differs', `This address belongs to ${known}.`)]
    : []

/** Nobody gives what they do not hold; someone without a place is for those who decide for all of them. */
function beyond({ grant }: PersonRow, { authority, permissions }: Ground) {
  if (grant?.role === 'org:admin' && (grant.locationId || grant.groupId)) {
    return [problem('place', 'admin_everywhere', 'An admin is admin of the whole organization.')]
  }
  const missing = missingToGrant(authority, grant ? permissions(grant) : [], grant ?? {})
  return missing.length === 0 ? [] : [problem('role', 'exceeds_own', `You lack, at that place: ${missing.join(', ')}.`)]
}

const permissionsOf =
  (own: readonly { id: string; permissions: readonly string[] }[]) =>
  ({ role, roleId }: Grant): readonly Permission[] =>
    role ? rolePermissions[role] : (own.find(({ id }) => id === roleId)?.permissions ?? []).filter(isPermission)

const keyOf = (holder: string, { role, roleId, groupId, locationId }: Grant | GrantRow) =>
  [holder, role ?? roleId, groupId ?? '', locationId ?? ''].join(' ')

const problem = (column: string, code: string, message: string) => ({ column, code: `people.${code}`, message })

const refusedAs = (row: number, name: string, errors: PlannedRow['errors']): Step => ({
  shown: { row, name: name.slice(0, 200), outcome: 'refused', changes: [], errors },
  who: { addedBy: row },
})
