import { expect, test } from 'vitest'
import { Refusal } from '../../refusal.ts'
import { network, rateLimiter, rateLimitsOf } from './rate-limit.ts'

const sink = { setHeader: () => undefined }
const limiter = () => rateLimiter(rateLimitsOf(3000), undefined)

/** How many of these get through before one is turned away, or all. */
async function through(times: number, attempt: (n: number) => Promise<unknown>): Promise<number> {
  for (let n = 0; n < times; n++) {
    const error = await attempt(n).catch((reason: unknown) => reason)
    if (error instanceof Refusal && error.kind === 'too_many') return n
    if (error) throw error
  }
  return times
}

test('one password tried on many accounts from one network: two hundred in a quarter of an hour', async () => {
  const limits = limiter()
  expect(await through(500, (n) => limits.signIn(sink, '198.51.100.2', `person${n}@example.com`))).toBe(200)
  expect(await through(1, () => limits.signIn(sink, '198.51.100.3', 'ada@example.com'))).toBe(1)
})

test('a thousand people who sign in rightly from one office are never taken for that', async () => {
  const limits = limiter()
  const signedIn = async (n: number) => {
    await limits.signIn(sink, '192.0.2.10', `person${n}@example.com`)
    await limits.signedIn('192.0.2.10', `person${n}@example.com`)
  }
  expect(await through(1_000, signedIn)).toBe(1_000)
})

test('one account tried from many networks: a hundred in an hour, and none of them counts where it came from before', async () => {
  const limits = limiter()
  await limits.signIn(sink, '192.0.2.10', 'ada@example.com')
  await limits.signedIn('192.0.2.10', 'ada@example.com')
  const strange = (n: number) => limits.signIn(sink, `203.0.${n >> 8}.${n & 255}`, 'Ada@example.com')
  expect(await through(300, strange)).toBe(100)
  expect(await through(1, () => limits.signIn(sink, '192.0.2.10', 'ada@example.com'))).toBe(1)
  expect(await through(1, () => limits.signIn(sink, '192.0.2.11', 'ada@example.com'))).toBe(0)
})

test('tablets that are set up share no account, whoever sets them up', async () => {
  const limits = limiter()
  expect(await through(300, (n) => limits.enrolment(sink, `203.0.${n >> 8}.${n & 255}`))).toBe(300)
  expect(await through(300, () => limits.enrolment(sink, '198.51.100.9'))).toBe(20)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s is of the network %s', (ip, of) => expect(network(ip)).toBe(of))
