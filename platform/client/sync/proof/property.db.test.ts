import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveThrough, stories, type Trial, tellingStories, trialPeople } from './trial.for-tests.ts'
import { openTrialServer } from './trial-server.for-tests.ts'

const RUNS = process.env.LONG_TESTS ? 20_000 : 300

let trial: Trial
beforeAll(async () => {
  const server = await openTrialServer()
  trial = { server, people: await trialPeople(server) }
})
afterAll(() => trial.server.close())

test(`whatever goes wrong, nothing is lost, nothing doubled, and every copy ends as the server: ${RUNS} stories`, async () => {
  const runs = Number(process.env.STORIES ?? RUNS)
  const told = await fc.check(
    fc.asyncProperty(stories, (story) => liveThrough(trial, story)),
    { numRuns: runs, examples: tellingStories, ...(process.env.SEED && { seed: Number(process.env.SEED) }) },
  )
  if (told.failed) throw new Error(fc.defaultReportMessage(told) ?? 'failed', { cause: told.errorInstance })
  expect(told.numRuns).toBe(runs)
}, 7_200_000)
