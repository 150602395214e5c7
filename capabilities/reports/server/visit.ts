import { isIPv4 } from 'node:net'
import { type Actor, systemActor } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { network } from '@opsflow/platform/server/http/rate-limit'
import { logoInUse } from '@opsflow/platform/server/paper/logo'
import type { InspectorVisit } from '../link.ts'
import { gatherPack, type Pack } from './gather-pack.ts'
import type { ReportParts } from './parts.ts'
import { type FollowedLink, insertVisit, linkBehind } from './store-links.ts'

type From = { ip: string; setHeader: (name: string, value: string) => unknown }

/** Someone follows a link: it is noted, and they are shown the records it was given for, as they stand now. */
export async function visit(
  { pool, database, rateLimiter, digest }: ReportParts,
  secret: string,
  what: InspectorVisit['what'],
  from: From,
): Promise<{ link: FollowedLink; visitor: Actor; pack: Pack }> {
  await rateLimiter.link(from, from.ip)
  const link = (await linkBehind(pool, digest(secret))) ?? notFound()
  const visitor = visitorOf(link)
  const pack = await database.read(visitor, (tx) => gatherPack(tx, link))
  await database.write(visitor, (tx) => insertVisit(tx, link, what, networkOf(from.ip)))
  return { link, visitor, pack }
}

/** What stands at the head of its page. That it was looked at is noted with the page itself. */
export async function logoBehind({ pool, database, rateLimiter, digest }: ReportParts, secret: string, from: From) {
  await rateLimiter.link(from, from.ip)
  const visitor = visitorOf((await linkBehind(pool, digest(secret))) ?? notFound())
  const logo = (await database.read(visitor, logoInUse)) ?? notFound()
  return { visitor, logo }
}

/** The product itself, at this one location. */
const visitorOf = ({ tenantId, organizationId, locationId }: FollowedLink): Actor => ({
  ...systemActor(tenantId, organizationId, 'inspector-link'),
  locationIds: new Set([locationId]),
})

/** Without the part that tells people of one network apart. */
function networkOf(ip: string): string {
  const plain = network(ip)
  return isIPv4(plain) ? `${plain.split('.').slice(0, 3).join('.')}.0/24` : plain.slice(0, 60)
}
