import { randomInt } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveThrough, stories, type Trial, tellingStories, trialPeople } from './trial.for-tests.ts'
import { openTrialServer } from './trial-server.for-tests.ts'

/** In the title, so that whoever reads a report can tell the same stories again. */
const RUNS = Number(process.env.STORIES ?? (process.env.LONG_TESTS ? 20_000 : 300))
const SEED = Number(process.env.SEED ?? randomInt(2 ** 31))

let trial: Trial
beforeAll(async () => {
  const server = await openTrialServer()
  trial = { server, people: await trialPeople(server) }
})
afterAll(() => trial.server.close())

test(`whatever goes wrong, nothing is lost, nothing doubled, and every copy ends as the server: ${RUNS} stories, SEED=${SEED}`, async () => {
  const told = await fc.check(
    fc.asyncProperty(stories, (story) => liveThrough(trial, story)),
    { numRuns: RUNS, examples: tellingStories, seed: SEED },
  )
  if (told.failed) throw new Error(fc.defaultReportMessage(told) ?? 'failed', { cause: told.errorInstance })
  expect(told.numRuns).toBe(RUNS)
}, 7_200_000)
