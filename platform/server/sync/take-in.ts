import { refuse } from '../../refusal.ts'
import type { MutationResult, PushAnswer } from '../../sync.ts'
import type { Tx } from '../tenant.ts'
import { type Client, noteClient } from './store-clients.ts'
import { knownMutations, type LoggedMutation, logMutations } from './store-mutations.ts'
import type { Taken } from './take-up.ts'

/** In order, each once: a repeat is answered from the record, a number that is not the next one is refused. */
export async function takeIn(
  tx: Tx,
  client: Client,
  mutations: readonly Taken[],
  decide: (mutation: Taken) => Promise<LoggedMutation>,
): Promise<PushAnswer> {
  const known = await knownMutations(
    tx,
    client,
    mutations.map(({ sent }) => sent.uid),
  )
  const results: MutationResult[] = []
  const decided: LoggedMutation[] = []
  let { lastMid } = client
  for (const mutation of mutations) {
    const { mid, uid } = mutation.sent
    const before = known.get(uid)
    if (mid <= lastMid && !before) refuseFork()
    if (mid > lastMid + 1) refuseGap(lastMid + 1)
    if (!before) {
      const outcome = await decide(mutation)
      decided.push(outcome)
      known.set(uid, outcome.result)
    }
    results.push({ ...(known.get(uid) as MutationResult), mid })
    lastMid = Math.max(lastMid, mid)
  }
  await logMutations(tx, client, decided)
  await noteClient(tx, client.id, lastMid)
  return { lastMid, serverTime: new Date().toISOString(), results }
}

/** This number was used for something else: a copy of the device was at work, or its storage was put back. */
const refuseFork = () =>
  refuse('conflict', 'sync.client_forked', {
    detail: 'Another copy of this device has sent other work under these numbers. Go on as a new client.',
  })

const refuseGap = (expected: number) =>
  refuse('conflict', 'sync.gap', {
    detail: `Mutation ${expected} is missing.`,
    errors: [{ path: 'body.mutations', code: 'sync.gap', message: String(expected) }],
  })
