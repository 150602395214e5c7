import { randomBytes } from 'node:crypto'
import { can, demand } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { GivenLink, InspectorLink, LinkAsked } from '../link.ts'
import type { Digest } from './parts.ts'
import { insertLink, linksOf, readLink, revokeLink, visitsOfLink } from './store-links.ts'
import { isPlace } from './store-place.ts'

export async function linksGiven(tx: ReadTx, locationId: string) {
  if (!(await isPlace(tx, locationId)) || !can(tx.actor, 'reports.share', locationId)) notFound()
  return { items: await linksOf(tx, locationId) }
}

/** The secret leaves in this answer and is kept nowhere. */
export async function giveLink(tx: Tx, digest: Digest, asked: LinkAsked): Promise<GivenLink> {
  const { locationId } = asked
  if (!(await isPlace(tx, locationId))) notFound()
  demand(tx.actor, 'reports.share', locationId)
  if (asked.photos) demand(tx.actor, 'evidence.read', locationId)
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  const { id, secret } = await makeLink(tx, digest, asked, by)
  return { ...((await readLink(tx, id)) ?? notFound()), secret }
}

/** Whoever makes it has the right to. */
export async function makeLink(tx: Tx, digest: Digest, asked: LinkAsked, by: string | null) {
  const secret = randomBytes(32).toString('base64url')
  const id = await insertLink(tx, { ...asked, secretHash: digest(secret), by })
  const { locationId, givenTo, from, to, days, photos } = asked
  const after = { givenTo, from, to, days, photos }
  await recordEvent(tx, { name: 'reports.link_given', subjectId: id, locationId, after })
  return { id, secret }
}

export async function visitsOf(tx: ReadTx, id: string) {
  await mine(tx, id)
  return { items: await visitsOfLink(tx, id) }
}

/** Done twice it is done once. */
export async function takeBackLink(tx: Tx, id: string): Promise<InspectorLink> {
  const { revokedAt, locationId, givenTo } = await mine(tx, id)
  if (revokedAt === null) {
    await revokeLink(tx, id, tx.actor.kind === 'member' ? tx.actor.id : null)
    await recordEvent(tx, { name: 'reports.link_revoked', subjectId: id, locationId, before: { givenTo } })
  }
  return mine(tx, id)
}

async function mine(tx: ReadTx, id: string): Promise<InspectorLink> {
  const link = await readLink(tx, id)
  return link && can(tx.actor, 'reports.share', link.locationId) ? link : notFound()
}
