import { systemActor } from '@opsflow/platform/actor'
import { Refusal } from '@opsflow/platform/refusal'
import { type Find, inTurns } from '@opsflow/platform/server/in-turns'
import type { Mail } from '@opsflow/platform/server/mail'
import { type Job, nowAndThen } from '@opsflow/platform/server/now-and-then'
import type { Database, Tx } from '@opsflow/platform/server/tenant'
import { gapsToWaitFor } from '../pack.ts'
import { gatherPack } from './gather-pack.ts'
import { makeLink } from './links.ts'
import { letterOfRecords, letterOfWaiting } from './mailing-letters.ts'
import type { Digest, WhoMay } from './parts.ts'
import { pauseLost } from './pause-mailings.ts'
import { type AcrossTenants, mailingsDue, sendingsDue } from './store-across-tenants.ts'
import { revokeLink } from './store-links.ts'
import {
  type ClaimedSending,
  claimSendings,
  type DueMailing,
  dueMailings,
  mailingsOfSendings,
  makerOf,
  openSending,
  type Settled,
  settleSending,
} from './store-mailings.ts'

export type MailingParts = {
  database: Database
  relayPool: AcrossTenants
  mail: Mail
  whoMay: WhoMay
  digest: Digest
  publicUrl: string
}

const LINK_DAYS = 30
const MINUTE = 60_000
/** What did not leave is tried again after so many minutes; then someone has to. */
const AGAIN_MINUTES = [1, 15, 60]

/**
 * Looks records through whose time to be sent has come, and sends those that wait for nothing: each is claimed and
 * committed before its letters leave, so that two servers never send the same, and one that dies in between leaves it as
 * unknown rather than sending it twice. What goes under someone who may not send it any more pauses instead.
 */
export async function lookAfterMailings(parts: MailingParts, now = Date.now()): Promise<void> {
  const { database, relayPool, whoMay } = parts
  const turns = inTurns()
  const eachOf = (find: Find, work: (tx: Tx, ids: readonly string[]) => Promise<number>) =>
    turns.each(
      find,
      ({ tenantId, organizationId }, ids) =>
        database.write(systemActor(tenantId, organizationId, 'report-mailings'), (tx) => work(tx, ids)),
      { together: 1 },
    )
  const waiting: { tenantId: string; organizationId: string; mailingId: string }[] = []
  await eachOf(
    (except) => mailingsDue(relayPool, now, except),
    async (tx, ids) => {
      await pauseLost(tx, whoMay, ids, now)
      for (const mailing of await dueMailings(tx, ids, now)) {
        const gaps = await gapsIn(tx, mailing)
        const waits = mailing.waitsForGaps && gapsToWaitFor(gaps ?? []).length > 0
        await openSending(tx, mailing, gaps?.length ?? 0, gaps === null ? 'too_much' : waits ? 'waiting' : 'queued')
        const { tenantId, organizationId } = tx.actor
        if (waits) waiting.push({ tenantId, organizationId, mailingId: mailing.id })
      }
      return ids.length
    },
  )
  for (const one of waiting) await tellMaker(parts, one)
  await turns.each(
    (except) => sendingsDue(relayPool, now, except),
    async ({ tenantId, organizationId }, ids) => {
      const actor = systemActor(tenantId, organizationId, 'report-mailings')
      const claimed = await database.write(actor, async (tx) => {
        await pauseLost(tx, whoMay, await mailingsOfSendings(tx, ids), now)
        return claimSendings(tx, ids, now)
      })
      for (const sending of claimed) {
        const link = await database.write(actor, (tx) => linkFor(tx, parts.digest, sending))
        const settled = await send(parts, sending, link, now)
        await database.write(actor, async (tx) => {
          await settleSending(tx, sending.id, settled)
          // Nobody has it: it leads nowhere.
          if (settled.sentTo.length === sending.sentTo.length) await revokeLink(tx, link.id, null)
        })
      }
      return claimed.length
    },
    { together: 1 },
  )
  turns.end()
}

/** What is missing; null: there is more of a kind than any file holds, which is told where the mailing is. */
async function gapsIn(tx: Tx, mailing: DueMailing) {
  try {
    return (await gatherPack(tx, { ...mailing, photos: false })).gaps
  } catch (error) {
    if (error instanceof Refusal && error.code === 'reports.too_much') return null
    throw error
  }
}

const linkFor = (
  tx: Tx,
  digest: Digest,
  { locationId, from, to, language, givenTo, photos, keeperId }: ClaimedSending,
) => makeLink(tx, digest, { locationId, from, to, language, givenTo, photos, days: LINK_DAYS }, keeperId)

/** To each whom it has not reached yet, one letter for each: nobody learns of the others. */
async function send(
  { mail, publicUrl }: MailingParts,
  sending: ClaimedSending,
  link: { id: string; secret: string },
  now: number,
): Promise<Settled> {
  const letter = letterOfRecords(sending, `${publicUrl}/inspection#${link.secret}`)
  const sentTo = [...sending.sentTo]
  for (const to of sending.recipients.filter((one) => !sentTo.includes(one))) {
    if (await mail.send({ to, ...letter })) sentTo.push(to)
  }
  const about = { sentTo, linkId: link.id }
  if (sentTo.length === sending.recipients.length) return { ...about, state: 'sent' }
  const again = AGAIN_MINUTES[sending.tries - 1]
  return again === undefined
    ? { ...about, state: 'failed' }
    : { ...about, state: 'queued', dueAt: now + again * MINUTE }
}

/** That it waits stands on the page too: a letter that does not leave loses nothing. */
async function tellMaker(
  { database, mail, publicUrl }: MailingParts,
  { tenantId, organizationId, mailingId }: { tenantId: string; organizationId: string; mailingId: string },
) {
  const actor = systemActor(tenantId, organizationId, 'report-mailings')
  const maker = await database.read(actor, (tx) => makerOf(tx, mailingId))
  if (maker) await mail.send({ to: maker.email, ...letterOfWaiting(maker, publicUrl) })
}

export const startMailings = ({ everyMs, log, ...parts }: MailingParts & Pick<Job, 'everyMs' | 'log'>) =>
  nowAndThen({ name: 'report mailings', everyMs, log, work: () => lookAfterMailings(parts) })
