import { defineServerMutator, type Occurrence } from '@opsflow/platform/server/sync/registry'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import { findingMutators as of } from '../sync.ts'
import { bringFix, bringReturn, bringVerification } from './answer-finding.ts'
import { readFinding } from './store.ts'

/** What devices send about findings, run by the commands that HTTP runs, with the time at which it was done. */
export const findingServerMutators = [
  defineServerMutator({
    mutator: of.fix,
    permission: 'findings.fix',
    place: placeOf,
    run: (tx, { findingId, ...fix }, when) => bringFix(tx, findingId, fix, when),
  }),
  defineServerMutator({
    mutator: of.verify,
    permission: 'findings.verify',
    isCritical: true,
    place: placeOf,
    run: (tx, { findingId, ...given }, when) => bringVerification(tx, findingId, given, signedBy(tx, when), when),
  }),
  defineServerMutator({
    mutator: of.sendBack,
    permission: 'findings.verify',
    place: placeOf,
    run: (tx, { findingId, ...given }, when) => bringReturn(tx, findingId, given, when),
  }),
]

async function placeOf(tx: ReadTx, { findingId }: { findingId: string }) {
  return (await readFinding(tx, findingId))?.locationId ?? null
}

/** On a shared tablet: had the server looked at the PIN, or the tablet alone? */
const signedBy = (tx: Tx, { proved }: Occurrence) =>
  tx.actor.kioskId === undefined || proved === undefined ? null : proved === 'seat' ? 'pin' : 'offline'
