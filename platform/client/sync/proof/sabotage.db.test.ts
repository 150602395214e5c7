import { AssertionError } from 'node:assert/strict'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import type * as Ledger from '../ledger.ts'
import type * as Engine from '../open-replica.ts'
import { type Sabotage, sabotages } from './sabotage.for-tests.ts'
import { liveThrough, stories, type Trial, tellingStories, trialPeople } from './trial.for-tests.ts'
import { openTrialServer } from './trial-server.for-tests.ts'

/** More stories than any of them needs; the first that shows it ends the search. */
const MOST_STORIES = 100
/** The engine built the same way without a mistake stands: what is caught is the mistake. */
const CONTROL_STORIES = 25

afterEach(() => vi.doUnmock('../ledger.ts'))

test('every mistake put in on purpose is caught', async () => {
  const server = await openTrialServer()
  const people = await trialPeople(server)
  const survivors: string[] = []
  for (const { sql, ...sabotage } of sabotages) {
    if (sql) await server.rows(sql)
    if (!(await isCaught(sabotage, { server, people }))) survivors.push(sabotage.mistake)
  }
  await server.close()
  console.log(`sabotage: ${sabotages.length - survivors.length}/${sabotages.length} killed/planted`)
  expect(survivors).toEqual([])
}, 900_000)

test('without a mistake nothing is caught', async () => {
  const server = await openTrialServer()
  const control: Sabotage = { mistake: 'none', ledger: () => ({}), wrap: (transport) => transport }
  expect(await isCaught(control, { server, people: await trialPeople(server) }, CONTROL_STORIES)).toBe(false)
  await server.close()
}, 900_000)

async function isCaught({ mistake, ledger, wrap }: Sabotage, trial: Trial, numRuns = MOST_STORIES): Promise<boolean> {
  const open = ledger ? await sabotaged(ledger, mistake) : undefined
  const spoilt = { ...trial, ...(open && { open }), ...(wrap && { wrap }) }
  const told = await fc.check(
    fc.asyncProperty(stories, (story) => liveThrough(spoilt, story)),
    { numRuns, endOnFailure: true, seed: 7, examples: tellingStories },
  )
  if (process.env.TELL)
    console.log(mistake, told.numRuns, String((told.errorInstance as Error | null)?.message).split('\n')[0])
  if (told.failed && !(told.errorInstance instanceof AssertionError)) throw told.errorInstance
  return told.failed
}

/** The engine with one step of its ledger gone wrong, beside the right one. */
async function sabotaged(ledger: NonNullable<Sabotage['ledger']>, mistake: string): Promise<typeof Engine.openReplica> {
  vi.doMock('../ledger.ts', async (original) => {
    const right = (await original()) as typeof Ledger
    return { ...right, ...ledger(right) }
  })
  const beside = `../open-replica.ts?${encodeURIComponent(mistake)}`
  return ((await import(/* @vite-ignore */ beside)) as typeof Engine).openReplica
}
