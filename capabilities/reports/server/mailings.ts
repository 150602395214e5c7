import { can, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { type Mailing, type MailingAsked, MOST_MAILINGS } from '../mailing.ts'
import { endPause, takeOver } from './pause-mailings.ts'
import {
  endMailing,
  insertMailing,
  mailingOfSending,
  mailingsOf,
  readMailing,
  releaseSending,
} from './store-mailings.ts'
import { isPlace } from './store-place.ts'

export async function mailingsAt(tx: ReadTx, locationId: string): Promise<Mailing[]> {
  if (!(await isPlace(tx, locationId)) || !can(tx.actor, 'reports.share', locationId)) notFound()
  return mailingsOf(tx, locationId)
}

export async function beginMailing(tx: Tx, asked: MailingAsked, mailIsOn: boolean): Promise<Mailing> {
  const { locationId, every, recipients, givenTo } = asked
  if (!(await isPlace(tx, locationId))) notFound()
  demand(tx.actor, 'reports.share', locationId)
  if (asked.photos) demand(tx.actor, 'evidence.read', locationId)
  if (!mailIsOn) {
    refuse('conflict', 'reports.mail_off', {
      detail: 'Mail is off on this OpsFlow, so nothing can be sent. Whoever runs it can set SMTP_HOST.',
    })
  }
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  const once = { ...asked, recipients: [...new Set(recipients)] }
  const id = await insertMailing(tx, once, by, MOST_MAILINGS)
  if (id === undefined) {
    return refuse('conflict', 'reports.too_many_mailings', {
      detail: `A location's records are sent in ${MOST_MAILINGS} ways at most. End one that is not needed.`,
    })
  }
  const after = { every, givenTo, recipients: once.recipients.length }
  await recordEvent(tx, { name: 'reports.mailing_begun', subjectId: id, locationId, after })
  return mine(tx, id)
}

/** Done twice it is done once. */
export async function stopMailing(tx: Tx, id: string): Promise<Mailing> {
  const { endedAt, locationId, givenTo } = await mine(tx, id)
  if (endedAt === null) {
    await endPause(tx, id)
    await endMailing(tx, id)
    await recordEvent(tx, { name: 'reports.mailing_ended', subjectId: id, locationId, before: { givenTo } })
  }
  return mine(tx, id)
}

/** It paused: from now on it goes under whoever says so. */
export async function takeOverMailing(tx: Tx, id: string): Promise<Mailing> {
  await takeOver(tx, await mine(tx, id))
  return mine(tx, id)
}

/** What waited for what was missing, failed, or may not have left: sent as it stands, at the next look. */
export async function release(tx: Tx, sendingId: string): Promise<Mailing> {
  const mailing = await mine(tx, (await mailingOfSending(tx, sendingId)) ?? notFound())
  if (mailing.pausedAt !== null) {
    refuse('conflict', 'reports.mailing_paused', { detail: 'It has paused. Whoever takes it over sends it.' })
  }
  if (!(await releaseSending(tx, sendingId))) {
    refuse('conflict', 'reports.not_waiting', { detail: 'It was sent, or is about to be.' })
  }
  const { locationId, givenTo } = mailing
  await recordEvent(tx, { name: 'reports.mailing_released', subjectId: mailing.id, locationId, after: { givenTo } })
  return mine(tx, mailing.id)
}

async function mine(tx: ReadTx, id: string): Promise<Mailing> {
  const mailing = await readMailing(tx, id)
  return mailing && can(tx.actor, 'reports.share', mailing.locationId) ? mailing : notFound()
}
