import { systemActor } from '@opsflow/platform/actor'
import type { Database } from '@opsflow/platform/server/tenant'
import { say, sayOver } from './say.ts'
import { type AcrossTenants, deliveriesToSend } from './store-across-tenants.ts'
import { type Claimed, claim, type Outcome, settle } from './store-deliveries.ts'
import type { WayOut } from './way-out.ts'

type Parts = { database: Database; relayPool: AcrossTenants; ways: readonly WayOut[] }

/** More than this at once are one notice. A push for each would be a storm; a letter is one anyway. */
const APART = { push: 2, email: 1 }
const MINUTE = 60_000
/** What did not leave is tried again after so many minutes; then it is on record as not delivered. */
const AGAIN_MINUTES = [1, 5, 15, 60]

/**
 * Sends what waits, each once: claimed and committed before it leaves, so that two servers never send the same, and one
 * that dies in between leaves it as unknown rather than sending it twice. Repeats of the matter go on regardless.
 */
export async function deliverNotices({ database, relayPool, ways }: Parts, now = Date.now()): Promise<void> {
  for (const { tenantId, organizationId, ids } of await deliveriesToSend(relayPool, now)) {
    const actor = systemActor(tenantId, organizationId, 'alerts-delivery')
    const claimed = await database.write(actor, (tx) => claim(tx, ids, now))
    for (const letter of gathered(claimed)) {
      const outcome = await send(ways, tenantId, letter, now)
      await database.write(actor, (tx) =>
        settle(
          tx,
          letter.map(({ id }) => id),
          outcome,
          now,
        ),
      )
    }
  }
}

/** What goes to one person by one way at once. */
function gathered(claimed: readonly Claimed[]): Claimed[][] {
  const each = new Map<string, Claimed[]>()
  for (const one of claimed) {
    const key = [one.memberId, one.way, one.round === 0].join()
    const group = each.get(key)
    if (group) group.push(one)
    else each.set(key, [one])
  }
  return [...each.values()].flatMap((all) => {
    const [first] = all
    if (!first) return []
    return first.round === 0 || all.length <= APART[first.way] ? all.map((one) => [one]) : [all]
  })
}

async function send(
  ways: readonly WayOut[],
  tenantId: string,
  letter: readonly Claimed[],
  now: number,
): Promise<Outcome> {
  const [first] = letter
  const wayOut = ways.find(({ way, isOn }) => way === first?.way && isOn)
  if (!first || !wayOut) return { state: 'failed', problem: 'This way is off here.' }
  if (!first.isActive) return { state: 'failed', problem: 'They are not active here any more.' }
  const to = { tenantId, memberId: first.memberId, email: first.email, language: first.language }
  const said = first.round === 0 ? sayOver(first, to) : say(letter, to)
  const left = said === null ? 'nowhere' : await wayOut.tell(to, said).catch(() => 'failed' as const)
  if (left === 'sent') return { state: 'sent', problem: '', isDigested: letter.length > 1 }
  if (left === 'nowhere') return { state: 'not_needed', problem: 'They cannot be reached by this way.' }
  const again = AGAIN_MINUTES[Math.max(...letter.map(({ tries }) => tries)) - 1]
  if (again === undefined) return { state: 'failed', problem: 'It did not leave, however often it was tried.' }
  return { state: 'queued', problem: 'It did not leave; it is tried again.', dueAt: now + again * MINUTE }
}
