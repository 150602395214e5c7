import { type Actor, can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import type { Handlers } from '@opsflow/platform/server/http/implement'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { GrantView, Member, MemberDetail, peopleRoutes } from '../index.ts'
import { addMember } from './add-member.ts'
import { authorityOf, isAbove } from './authority.ts'
import { changeMember } from './change-member.ts'
import { grantRole, revokeRole } from './grant-role.ts'
import { MEMBER, MEMBERS } from './store.ts'
import { GRANT, GRANTS, grantsOfMember } from './store-grants.ts'

export const memberHandlers = {
  'GET /members': async ({ actor, query, readOne }) => {
    const { limit, cursor, status, search, locationId, role, roleId } = query
    const [name, id] = cursorKeys(cursor, isText, isUuid) ?? []
    const of = [actor.tenantId, actor.organizationId, status, name, id, placesFor(actor, 'people.read'), limit + 1]
    const rows = await readOne<Member>(MEMBERS, [...of, search, locationId, role, roleId])
    return pageOf(rows, limit, (last) => [last.name, last.id])
  },
  'POST /members': ({ actor, body, write }) =>
    write(async (tx) => {
      const { id } = await addMember(tx, actor, { ...body, userId: null })
      return detail(tx, actor, id)
    }),
  'GET /members/{id}': ({ actor, params: { id }, read }) => read((tx) => detail(tx, actor, id)),
  'PATCH /members/{id}': ({ actor, params: { id }, body, write }) => write((tx) => changeMember(tx, actor, id, body)),

  'GET /grants': async ({ actor, query: { limit, cursor, memberId }, readOne }) => {
    const [before] = cursorKeys(cursor, isUuid) ?? []
    const places = placesFor(actor, 'people.read')
    const values = [actor.tenantId, actor.organizationId, memberId, places, before, limit + 1]
    return pageOf(await readOne<GrantView>(GRANTS, values), limit, (last) => [last.id])
  },
  'POST /grants': ({ actor, body: { memberId, ...grant }, write }) =>
    write(async (tx) => {
      const id = await grantRole(tx, actor, memberId, grant)
      const [view] = await tx.query<GrantView>(GRANT, [actor.tenantId, actor.organizationId, id])
      return view as GrantView
    }),
  'DELETE /grants/{id}': ({ actor, params: { id }, write }) => write((tx) => revokeRole(tx, actor, id)),
} satisfies Partial<Handlers<typeof peopleRoutes>>

/** Where someone may do this, as a statement takes it: these locations, or null for the whole organization. */
export function placesFor(actor: Actor, permission: string): string[] | null {
  const reach = actor.permissions.get(permission)
  return reach === 'all' ? null : [...(reach ?? [])]
}

async function detail(tx: ReadTx, actor: Actor, id: string): Promise<MemberDetail> {
  const places = placesFor(actor, 'people.read')
  const [member] = await tx.query<Member>(MEMBER, [actor.tenantId, actor.organizationId, id, places, actor.id])
  return { ...(member ?? notFound()), mayChange: can(actor, 'people.manage') && (await holdsNoLess(tx, actor, id)) }
}

async function holdsNoLess(tx: ReadTx, actor: Actor, memberId: string): Promise<boolean> {
  const theirs = await grantsOfMember(tx, actor, memberId)
  return isAbove(await authorityOf(tx, actor, theirs), theirs)
}
