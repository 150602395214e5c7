import { proven } from '@opsflow/platform/server/proven.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ask, startProduct } from '../product.ts'

const PER_MINUTE = 30
const KEYS = 25

type Product = Awaited<ReturnType<typeof startProduct>>

let product: Product
let noisy: { ask: Ask }
let quiet: { ask: Ask }

beforeAll(async () => {
  product = await startProduct({ OPSFLOW_RATE_LIMIT: String(PER_MINUTE), OPSFLOW_DEMO: 'off' })
  noisy = await product.found({ organizationName: 'Noisy', locationName: 'A', name: 'Ada', email: 'ada@example.com' })
  quiet = await product.foundBeside('Quiet')
}, 120_000)

afterAll(() => product?.stop())

test('a tenant that asks with all its keys at once is held to its own share, and another is served in full', async () => {
  const keys: string[] = []
  for (let n = 0; n < KEYS; n++) {
    const made = await noisy.ask('POST /api-keys', { name: `Key ${n}`, scopes: ['temperature.read'] })
    expect(made.status).toBe(201)
    keys.push(made.body.key)
  }
  const statuses = new Map<number, number>()
  const count = ({ status }: { status: number }) => void statuses.set(status, (statuses.get(status) ?? 0) + 1)
  const flood = keys.map(async (key) => {
    const ask = product.machine(key)
    for (let n = 0; n < PER_MINUTE + 10; n++) count(await ask('GET /units'))
  })
  const served: number[] = []
  for (let n = 0; n < PER_MINUTE - 5; n++) served.push((await quiet.ask('GET /units')).status)
  await Promise.all(flood)
  served.push((await quiet.ask('GET /units')).status)

  const got = statuses.get(200) ?? 0
  const refused = statuses.get(429) ?? 0
  const right = served.filter((status) => status === 200).length
  const share = PER_MINUTE * 20
  proven('security', {
    title: 'A noisy tenant beside a quiet one',
    method: `${KEYS} keys of one tenant ask as fast as they can while another tenant works. Counted, not timed: how much the machine has left for the second is a matter of speed, and stands there.`,
    findings: [
      { what: 'requests of the noisy tenant', seen: `${got + refused}` },
      { what: 'answered', goal: `at most ${share} a minute`, seen: `${got}`, met: got <= share },
      { what: 'turned away', seen: `${refused}` },
      {
        what: 'requests of the quiet tenant answered',
        goal: `${served.length}`,
        seen: `${right} of ${served.length}`,
        met: right === served.length,
      },
    ],
  })
  expect(got + refused).toBe(KEYS * (PER_MINUTE + 10))
  expect(got).toBeLessThanOrEqual(share)
  expect(refused).toBeGreaterThan(0)
  expect(served.every((status) => status === 200)).toBe(true)
}, 120_000)
