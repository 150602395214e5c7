import type { Months } from '@opsflow/capabilities/temperature/server'
import { defineServerMutator, type Occurrence } from '@opsflow/platform/server/sync/registry'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { checklistMutators as of } from '../sync.ts'
import { bringAnswer } from './doing/answer.ts'
import { beginChecklist } from './doing/begin.ts'
import { bringCompletion, bringEmptiness } from './doing/complete.ts'
import { bringHandOver } from './doing/hand-over.ts'
import { bringPresence } from './doing/show-presence.ts'
import { bringCountersignature, bringSignature, verifyChecklist } from './doing/sign.ts'
import { readChecklist } from './doing/store.ts'
import { readForms } from './templates/store-forms.ts'

/** What devices send about checklists, run by the commands that HTTP runs, with the time at which it was done. */
export const checklistServerMutators = (months: Months) => [
  defineServerMutator({
    mutator: of.begin,
    permission: 'checklists.do',
    place: async (tx, { formId }) => (await readForms(tx, [formId]))[0]?.locationId ?? null,
    run: async (tx, args, when) => {
      await beginChecklist(tx, args, when)
      return undefined
    },
  }),
  defineServerMutator({
    mutator: of.answer,
    permission: 'checklists.do',
    place: placeOf,
    prepare: ({ value }, { at }) =>
      months.ensure(value?.kind === 'temperature' && value.unitId ? [Date.parse(at)] : []),
    run: async (tx, given, when) => {
      await bringAnswer(tx, given, when)
      return undefined
    },
  }),
  defineServerMutator({
    mutator: of.complete,
    permission: 'checklists.do',
    place: placeOf,
    run: (tx, { checklistId, seen }, when) => bringCompletion(tx, checklistId, seen, when),
  }),
  defineServerMutator({
    mutator: of.empty,
    permission: 'checklists.do',
    place: placeOf,
    run: (tx, { checklistId, reason }, when) => bringEmptiness(tx, checklistId, reason, when),
  }),
  defineServerMutator({
    mutator: of.handover,
    permission: 'checklists.do',
    place: placeOf,
    run: (tx, given, when) => bringHandOver(tx, given, when),
  }),
  defineServerMutator({
    mutator: of.presence,
    permission: 'checklists.do',
    place: placeOf,
    run: (tx, given, when) => bringPresence(tx, given, when),
  }),
  defineServerMutator({
    mutator: of.sign,
    permission: 'checklists.do',
    isCritical: true,
    place: placeOf,
    run: (tx, signing, when) => bringSignature(tx, signing, signedBy(tx, when), when),
  }),
  defineServerMutator({
    mutator: of.countersign,
    permission: 'checklists.do',
    isCritical: true,
    place: placeOf,
    run: (tx, signing, when) => bringCountersignature(tx, signing, signedBy(tx, when), when),
  }),
  defineServerMutator({
    mutator: of.verify,
    permission: 'checklists.verify',
    isCritical: true,
    place: placeOf,
    run: async (tx, signing, when) => {
      await verifyChecklist(tx, signing, signedBy(tx, when), when)
      return undefined
    },
  }),
]

async function placeOf(tx: ReadTx, { checklistId }: { checklistId: string }) {
  return (await readChecklist(tx, checklistId))?.locationId ?? null
}

/** On a shared tablet: had the server looked at the PIN, or the tablet alone? */
const signedBy = (tx: Tx, { proved }: Occurrence) =>
  tx.actor.kioskId === undefined || proved === undefined ? 'session' : proved === 'seat' ? 'pin' : 'offline'
