import { systemActor } from '@opsflow/platform/actor'
import { inTurns } from '@opsflow/platform/server/in-turns'
import type { Database } from '@opsflow/platform/server/tenant'
import { say, sayOver } from './say.ts'
import { type AcrossTenants, deliveriesToSend } from './store-across-tenants.ts'
import { type Claimed, claim, type Outcome, settle, type Waiting, waitingWith } from './store-deliveries.ts'
import type { WayOut } from './way-out.ts'

type Parts = { database: Database; relayPool: AcrossTenants; ways: readonly WayOut[] }

/** More than this at once are one notice. A push for each would be a storm; a letter is one anyway. */
const APART = { push: 2, email: 1 }
const MINUTE = 60_000
/** What did not leave is tried again after so many minutes; then it is on record as not delivered. */
const AGAIN_MINUTES = [1, 5, 15, 60]

/**
 * Sends what waits, each once: claimed and committed just before it leaves, so that two servers never send the same, and
 * one that dies in between leaves the one letter in its hands as unknown rather than sending it twice. Repeats of the
 * matter go on regardless.
 */
export async function deliverNotices({ database, relayPool, ways }: Parts, now = Date.now()): Promise<void> {
  const turns = inTurns()
  await turns.each(
    (except) => deliveriesToSend(relayPool, now, except),
    async ({ tenantId, organizationId }, ids) => {
      const actor = systemActor(tenantId, organizationId, 'alerts-delivery')
      let sent = 0
      for (const waiting of gathered(await database.write(actor, (tx) => waitingWith(tx, ids, now)))) {
        const letter = await database.write(actor, (tx) => claim(tx, idsOf(waiting), now))
        if (letter.length === 0) continue
        const outcome = await send(ways, tenantId, letter, now)
        await database.write(actor, (tx) => settle(tx, idsOf(letter), outcome, now))
        sent++
      }
      return sent
    },
  )
  turns.end()
}

const idsOf = (all: readonly { id: string }[]) => all.map(({ id }) => id)

/** What goes to one person by one way at once. */
function gathered(all: readonly Waiting[]): Waiting[][] {
  const each = new Map<string, Waiting[]>()
  for (const one of all) {
    const key = [one.memberId, one.way, one.round === 0].join()
    const group = each.get(key)
    if (group) group.push(one)
    else each.set(key, [one])
  }
  return [...each.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    return first.round === 0 || group.length <= APART[first.way] ? group.map((one) => [one]) : [group]
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
