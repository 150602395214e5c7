import { can } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Person, Task } from '../task.ts'
import type { Assignee } from '../task-input.ts'
import { lockTask } from './store.ts'
import { nameOfMember, ownRoles, unitAt } from './store-people.ts'

/** Who does it, as tasks remember them. Null: a program, or the product itself. */
export const personOf = ({ actor }: ReadTx): Person | null =>
  actor.kind === 'member' ? { id: actor.id, name: actor.name } : null

/** The task, if the actor sees it and may do this with it. What they do not see is not there. */
export async function lockTaskFor(tx: Tx, id: string, permission: string): Promise<Task> {
  const task = (await lockTask(tx, id)) ?? notFound()
  if (!can(tx.actor, 'tasks.read', task.locationId)) notFound()
  if (!can(tx.actor, permission, task.locationId)) {
    refuse('forbidden', 'forbidden', { detail: `This needs the permission ${permission} at the task's location.` })
  }
  return task
}

/** The name behind an assignee; someone or something of this organization, or it is refused. */
export async function nameOfAssignee(tx: ReadTx, assignee: Assignee | undefined): Promise<string | null> {
  if (!assignee) return null
  if ('memberId' in assignee) {
    return (
      (await nameOfMember(tx, assignee.memberId)) ??
      unknown('assignee', 'tasks.assignee_unknown', 'No such person here.')
    )
  }
  if (assignee.role.startsWith('org:')) return null
  const role = (await ownRoles(tx)).find(({ id }) => id === assignee.role)
  return role?.name ?? unknown('assignee', 'tasks.assignee_unknown', 'No such role here.')
}

export async function unitOf(
  tx: ReadTx,
  locationId: string,
  unitId: string | null | undefined,
): Promise<Person | null> {
  if (!unitId) return null
  return (
    (await unitAt(tx, locationId, unitId)) ?? unknown('unitId', 'tasks.unit_unknown', 'No such unit at this location.')
  )
}

const unknown = (path: string, code: string, message: string): never =>
  refuse('invalid', code, { detail: message, errors: [{ path: `body.${path}`, code, message }] })

export const roleColumns = (role: string | null | undefined) => ({
  builtIn: role?.startsWith('org:') ? role : null,
  own: role && !role.startsWith('org:') ? role : null,
})
