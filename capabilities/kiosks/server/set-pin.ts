import type { Directory } from '@opsflow/capabilities/people/server'
import type { Actor } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import { pinSet } from '../facts.ts'
import { mayGivePin } from '../giving.ts'
import { endSessionsOf, isActiveMember, storePin } from './store-pins.ts'

/** Before anything is written: someone who may be given a PIN by this actor. Unknown and foreign people do not exist. */
export async function demandGivable(directory: Pick<Directory, 'members'>, actor: Actor, memberId: string) {
  const [person] = await directory.members([{ tenantId: actor.tenantId, id: memberId }])
  if (!person || person.suspended || person.actor.organizationId !== actor.organizationId) return notFound()
  if (!mayGivePin(actor, person.actor)) {
    refuse('forbidden', 'kiosks.exceeds_own', { detail: 'This person may do more than you. Ask an administrator.' })
  }
}

/** A PIN of one's own, or one that a manager gave and that is good only for choosing another. Ends sessions elsewhere. */
export async function setPin(
  tx: Tx,
  memberId: string,
  { hash, isTemporary }: { hash: string; isTemporary: boolean },
): Promise<void> {
  if (!(await isActiveMember(tx, memberId))) notFound()
  await storePin(tx, { memberId, hash, isTemporary })
  await endSessionsOf(tx, memberId)
  await recordEvent(tx, { name: isTemporary ? 'kiosks.pin_given' : 'kiosks.pin_chosen', subjectId: memberId })
  await tx.emit(pinSet, { organizationId: tx.actor.organizationId, memberId })
}
