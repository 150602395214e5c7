import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { proven } from '../proven.for-tests.ts'
import { isPrivate, publicLookup, publicLookupBy, type Resolve } from './addresses.ts'
import { type CallOutRules, CallRefused, callOut, type OutgoingAnswer, type OutgoingCall } from './call-out.ts'

const PRIVATE = [
  ...['10.1.2.3', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['100.64.0.1', '0.0.0.0', '192.0.0.8', '198.18.0.1', '224.0.0.1', '255.255.255.255', '240.0.0.1'],
  ...['::1', '::', 'fe80::1', 'fec0::1', 'fd00::1', 'fc00::1', 'ff02::1', '2001:db8::1', '2001::1', '3fff::1'],
  // Addresses of the old kind inside the new: mapped, compatible, translated, 6to4.
  ...['::ffff:10.0.0.1', '::ffff:7f00:1', '::ffff:169.254.169.254', '::127.0.0.1', '64:ff9b::a00:1', '2002:a00:1::'],
  ...['not an address', ''],
]

/** What a page might name as its own address, to reach ours. */
const REFUSED: [string, string][] = [
  ['http://example.com/', 'scheme'],
  ['ftp://example.com/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['gopher://example.com/', 'scheme'],
  ['https://example.com:22/', 'port'],
  ['https://example.com:5432/', 'port'],
  ['https://user:secret@example.com/', 'credentials'],
  ['https://127.0.0.1/', 'private'],
  ['https://127.1/', 'private'],
  ['https://2130706433/', 'private'],
  ['https://0x7f000001/', 'private'],
  ['https://0x7f.0.0.1/', 'private'],
  ['https://0177.0.0.01/', 'private'],
  ['https://017700000001/', 'private'],
  ['https://0/', 'private'],
  ['https://169.254.169.254/latest/meta-data', 'private'],
  ['https://[::1]/', 'private'],
  ['https://[::]/', 'private'],
  ['https://[::ffff:127.0.0.1]/', 'private'],
  ['https://[::ffff:7f00:1]/', 'private'],
  ['https://[0:0:0:0:0:ffff:a9fe:a9fe]/', 'private'],
  ['https://[64:ff9b::7f00:1]/', 'private'],
  ['https://①②⑦.⓪.⓪.①/', 'private'],
  ['https://127。0。0。1/', 'private'],
  ['https:///', 'url'],
  ['no address', 'url'],
]

test.each(PRIVATE)('an address of a private network is never called: %s', (address) =>
  expect(isPrivate(address)).toBe(true),
)

test.each(['142.250.185.74', '1.1.1.1', '172.32.0.1', '2a00:1450:4001:80b::200a', '2606:4700:4700::1111'])(
  'an address of the world is: %s',
  (address) => expect(isPrivate(address)).toBe(false),
)

const ask = (url: string, rules: CallOutRules = {}, more: Partial<OutgoingCall> = {}) =>
  callOut({ url, method: 'GET', headers: {}, withinMs: 5_000, mostBytes: 1_000, ...more }, rules)

const why = async (answer: Promise<OutgoingAnswer>) => {
  const error = await answer.then(
    () => undefined,
    (reason) => reason,
  )
  return error instanceof CallRefused ? error.why : error
}

test.each(REFUSED)('%s is refused: %s', async (url, reason) => expect(await why(ask(url))).toBe(reason))

test('what is refused is told without the address', async () => {
  const error = await ask('https://127.0.0.1/a-secret-path').catch((reason) => reason)
  expect(String(error)).not.toContain('secret')
})

test('a name that leads home is not followed', async () => {
  const error = await new Promise<NodeJS.ErrnoException | null>((told) =>
    publicLookup('localhost', { all: true }, (problem) => told(problem)),
  )
  expect(error?.code).toBe('EPRIVATE')
  expect(await why(ask('https://localhost/'))).toBe('private')
})

describe('a name that answers otherwise each time it is asked', () => {
  const answering = (...answers: string[][]) => {
    let asked = 0
    const resolve: Resolve = (_name, _options, answer) => {
      const addresses = answers[Math.min(asked++, answers.length - 1)] ?? []
      answer(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }
    return { lookup: publicLookupBy(resolve), asked: () => asked }
  }

  test('is asked once for a connection, which is opened to that very answer', async () => {
    const name = answering(['1.1.1.1'], ['127.0.0.1'])
    const told = await new Promise((resolve) =>
      name.lookup('rebinding.example', {}, (error, address) => resolve([error, address])),
    )
    expect(told).toEqual([null, '1.1.1.1'])
    expect(name.asked()).toBe(1)
  })

  test('is refused when any of its addresses is at home', async () => {
    const name = answering(['1.1.1.1', '10.0.0.7'])
    expect(await why(ask('https://both.example/', { lookup: name.lookup }))).toBe('private')
  })

  test('is refused on the call at which it turns', async () => {
    const name = answering([], ['127.0.0.1'])
    expect(await why(ask('https://turning.example/', { lookup: name.lookup }))).toBe('private')
    expect(await why(ask('https://turning.example/', { lookup: name.lookup }))).toBe('private')
    expect(name.asked()).toBe(2)
  })
})

describe('a service of whoever runs the product', () => {
  let origin: string
  let inside = 0
  const server = createServer((request, response) => answers[request.url ?? '']?.(request, response))
  const answers: Record<string, RequestListener> = {
    '/moved': (_, response) => response.writeHead(302, { location: `${origin}/inside` }).end(),
    '/inside': (_, response) => {
      inside++
      response.end('secret')
    },
    '/long': (_, response) => {
      for (let n = 0; n < 50; n++) response.write('x'.repeat(1_000))
      response.end()
    },
    '/silent': () => undefined,
    '/told': (request, response) => response.end(JSON.stringify(request.headers)),
  }
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const own = { isOwn: true }

  test('is called at its private address, and no header goes along that was not asked for', async () => {
    const { status, body } = await ask(`${origin}/told`, own)
    expect(status).toBe(200)
    expect(Object.keys(JSON.parse(body.toString())).sort()).toEqual(['connection', 'host'])
  })

  test('moves its address, and is not followed', async () => {
    expect((await ask(`${origin}/moved`, own)).status).toBe(302)
    expect(inside).toBe(0)
  })

  test('tells more than was asked for, and is cut', async () => {
    expect(await why(ask(`${origin}/long`, own))).toBe('too_large')
    expect((await ask(`${origin}/long`, own, { mostBytes: 0 })).body).toHaveLength(0)
  })

  test('says nothing, and is given up', async () => {
    expect(await why(ask(`${origin}/silent`, own, { withinMs: 200 }))).toBe('unreachable')
  })

  test('is the only one that may speak plain http or live at another port', async () => {
    expect(await why(ask(`${origin}/inside`))).toBe('scheme')
    expect(inside).toBe(0)
  })
})

test('the way out is counted', async () => {
  const answers = await Promise.all(REFUSED.map(async ([url, reason]) => (await why(ask(url))) === reason))
  const held = answers.filter(Boolean).length + PRIVATE.filter(isPrivate).length
  const tried = REFUSED.length + PRIVATE.length
  proven('security', {
    title: 'Calls out',
    method:
      'Addresses that lead into a private network in every spelling known to us, other schemes and ports, and names that answer otherwise each time. A name is asked once and the connection opened to the address that was judged.',
    findings: [{ what: 'refused', goal: `${tried} of ${tried}`, seen: `${held} of ${tried}`, met: held === tried }],
  })
  expect(held).toBe(tried)
})
