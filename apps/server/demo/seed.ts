import { catchUp } from './catch-up.ts'
import { chains, type DemoChain, signIns } from './chains.ts'
import { type DemoDatabase, type DemoGround, demoActor, openDemoGround } from './ground.ts'
import { makeChain, type Tally } from './make-chain.ts'
import { kitchensOf, type StandingDemo, standingDemos } from './standing.ts'
import { forgetSeed, learnStatistics, removeAccounts, tryHold, waitToHold, wipeDemoTenant } from './store.ts'

type Tell = (outcome: string) => void

/** The step "First data" of a start: the demo is there, whole and up to date, when this returns. */
export async function seedDemo(database: DemoDatabase, tell: Tell) {
  const ground = await openDemoGround(database)
  try {
    tell(await makeDemo(ground, chains, Date.now(), tell))
    return signIns
  } finally {
    await ground.close()
  }
}

/** Makes what is missing, anew what was interrupted, and brings the rest up to date. Says what it did. */
export async function makeDemo(
  ground: DemoGround,
  wanted: readonly DemoChain[],
  now: number,
  tell: Tell,
): Promise<string> {
  const before = await standingDemos(ground)
  if (isWhole(before, wanted)) return upToDate(ground, before, wanted, now)
  const hold = await waitToHold(ground.relay)
  try {
    const standing = await standingDemos(ground)
    const unfinished = standing.filter(({ seed }) => seed === null)
    for (const { tenantId } of unfinished) {
      tell('removing the demo that is there')
      await wipeDemoTenant(ground, demoActor(tenantId, tenantId))
    }
    const missing = wanted.filter(({ key }) => !standing.some(({ seed }) => seed?.chain === key))
    const emails = missing.flatMap(({ people }) => people.flatMap(({ email }) => email ?? []))
    await removeAccounts(ground.auth, emails)
    const made: Tally[] = []
    for (const chain of missing) made.push(await makeChain(ground, chain.plan(now), tell))
    await learnStatistics(ground)
    return told(made)
  } finally {
    await hold.release()
  }
}

/**
 * Wipes the demo's tenants, and them alone, and makes them again. Without their notes they count as unfinished: a
 * process that moves their sensors lets go, and making wipes them first.
 */
export async function resetDemo(
  ground: DemoGround,
  wanted: readonly DemoChain[],
  now: number,
  tell: Tell,
): Promise<string> {
  for (const { tenantId } of await standingDemos(ground)) await forgetSeed(ground.owner, demoActor(tenantId, tenantId))
  return makeDemo(ground, wanted, now, tell)
}

const isWhole = (standing: readonly StandingDemo[], wanted: readonly DemoChain[]) =>
  standing.every(({ seed }) => seed !== null) &&
  wanted.every(({ key }) => standing.some(({ seed }) => seed?.chain === key))

/** Another process that moves the sensors already keeps them up to date. */
async function upToDate(
  ground: DemoGround,
  standing: readonly StandingDemo[],
  chains: readonly DemoChain[],
  now: number,
): Promise<string> {
  const hold = await tryHold(ground.relay)
  if (!hold) return 'the demo chain, as it is'
  try {
    let readings = 0
    for (const demo of standing) readings += await catchUp(ground, await kitchensOf(ground, demo, chains), now)
    return readings > 0 ? `the demo chain, and ${readings} readings its gateways kept` : 'the demo chain, as it is'
  } finally {
    await hold.release()
  }
}

function told(made: readonly Tally[]): string {
  const sum = (of: keyof Tally) => made.reduce((total, tally) => total + tally[of], 0).toLocaleString('en-US')
  return (
    `demo chain made: ${sum('locations')} locations, ${sum('sensors')} sensors, ${sum('readings')} readings, ` +
    `${sum('rounds')} checks by hand, ${sum('deviations')} deviations, ${sum('tasks')} tasks, ${sum('checklists')} checklists, ${sum('audits')} audits of the year`
  )
}
