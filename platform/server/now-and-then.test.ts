import { expect, test, vi } from 'vitest'
import { nowAndThen } from './now-and-then.ts'

const openLog = () => {
  const said: string[] = []
  return {
    said,
    warn: (_: object, name: string) => said.push(`warn ${name}`),
    error: (_: object, name: string) => said.push(`error ${name}`),
  }
}

test('what passes by itself is a warning, what does not is our mistake; both are tried again', async () => {
  const log = openLog()
  const failures: Error[] = [
    Object.assign(new Error('the database system is starting up'), { code: '57P03' }),
    new AggregateError([Object.assign(new Error('no room'), { code: '53100' })], 'of two customers'),
    new AggregateError([Object.assign(new Error('no room'), { code: '53100' }), new TypeError('ours')], 'mixed'),
    new TypeError('ours'),
  ]
  let runs = 0
  const job = nowAndThen({
    ...{ name: 'sweep', everyMs: 1, log },
    work: async () => {
      runs++
      const failure = failures.shift()
      if (failure) throw failure
    },
  })
  await vi.waitFor(() => expect(runs).toBeGreaterThan(5))
  await job.stop()
  expect(log.said).toEqual(['warn sweep', 'warn sweep', 'error sweep', 'error sweep'])
})

test('work that hangs does not pile up: when it ends, it runs once, not as often as was missed', async () => {
  let runs = 0
  let letGo: () => void = () => undefined
  const hanging = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const job = nowAndThen({
    ...{ name: 'sweep', everyMs: 1, log: openLog() },
    work: () => (++runs === 1 ? hanging : new Promise<void>(() => undefined)),
  })
  await vi.waitFor(() => expect(runs).toBe(1))
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(runs).toBe(1)
  letGo()
  await vi.waitFor(() => expect(runs).toBe(2))
  void job.stop()
})
