import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { pushService } from '@opsflow/platform/server/push/service.for-tests'
import { newVapidKeys } from '@opsflow/platform/server/push/vapid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeMember } from '../change-member.ts'
import { type Browser, doorUnderTest } from '../door.for-tests.ts'
import { admin, type Chain, hire, makeChain, PASSWORD, type PeopleUnderTest } from '../for-tests.ts'
import { pushApi } from './handlers.ts'
import { openPush, type Push } from './open-push.ts'

const keys = newVapidKeys()
let service: Awaited<ReturnType<typeof pushService>>
let door: Awaited<ReturnType<typeof doorUnderTest>>
let push: Push
let burger: Chain
let pizza: Chain

const pushOf = ({ pool }: PeopleUnderTest, more: Partial<Parameters<typeof openPush>[0]> = {}) => {
  const services = { hosts: [], origins: [service.origin] }
  const log = { warn: () => undefined }
  return openPush({ pool, keys, services, subject: undefined, log, wait: async () => undefined, ...more })
}

beforeAll(async () => {
  service = await pushService()
  door = await doorUnderTest({
    more(people) {
      push = pushOf(people)
      return pushApi({ push, identity: people.identity })
    },
  })
  burger = await makeChain(door.people, { name: 'Burger', locations: 1 })
  pizza = await makeChain(door.people, { name: 'Pizza', locations: 1 })
})
afterAll(async () => {
  await door.close()
  await service.close()
})
beforeEach(() => {
  service.taken.length = 0
})

let hired = 0
const someone = async (chain = burger, more: { userId?: string } = {}) => {
  const name = `Pusher ${++hired}`
  const person = await hire(door.people, chain, { name, grants: [{ role: 'org:member', locationId: null }], ...more })
  return { ...person, to: { tenantId: chain.system.tenantId, memberId: person.memberId } }
}
async function signIn(email: string): Promise<Browser> {
  const browser = door.browser()
  expect((await browser.ask('POST /session', { email, password: PASSWORD })).status).toBe(201)
  return browser
}
const subscribed = async (browser: Browser, target = service.subscribe(), headers = {}) => {
  const answer = await browser.ask('POST /push/devices', { publicKey: keys.publicKey, target }, headers)
  expect(answer.status, answer.text).toBe(201)
  return { id: answer.body.id as string, target, path: new URL(target.endpoint).pathname }
}
const matter = { title: 'Walk-in 2 is warm', body: '9 °C for 40 minutes', url: '/tasks/7', tag: 'alarm 7' }
const nothing = { sent: 0, gone: 0, failed: 0 }
const devicesOf = async (browser: Browser) => (await browser.ask('GET /push')).body.devices

describe('someone who asked for it', () => {
  test('is told on each of their devices, with the page of the organization it is about', async () => {
    const { email, to } = await someone()
    const [phone, desk] = [await signIn(email), await signIn(email)]
    const { path } = await subscribed(phone)
    await subscribed(desk)
    expect(await push.sendPush(to, { ...matter, urgency: 'high' })).toEqual({ ...nothing, sent: 2 })
    const { message, headers } = service.taken.find((one) => one.path === path) ?? {}
    expect(message).toEqual({
      ...{ title: matter.title, body: matter.body, tag: 'burger alarm 7', path: '/o/burger/tasks/7', again: true },
    })
    expect(headers).toMatchObject({ urgency: 'high', ttl: '86400' })
    expect(await devicesOf(phone)).toHaveLength(2)
    expect((await devicesOf(phone)).filter((device: { current: boolean }) => device.current)).toHaveLength(1)
  })

  test('asks twice on one device, and is told once; what waits of one matter is replaced', async () => {
    const { email, to } = await someone()
    const phone = await signIn(email)
    await subscribed(phone)
    await subscribed(phone)
    await push.sendPush(to, matter)
    await push.sendPush(to, { ...matter, title: 'Walk-in 2 is still warm' })
    await push.sendPush(to, { ...matter, tag: 'alarm 8' })
    const topics = service.taken.map(({ headers }) => headers.topic)
    expect(topics).toHaveLength(3)
    expect(topics[0]).toBe(topics[1])
    expect(topics[2]).not.toBe(topics[0])
  })

  test('can try it, every ten seconds, in their language', async () => {
    const phone = await signIn((await someone()).email)
    const { id } = await subscribed(phone)
    const tested = await phone.ask(`POST /push/devices/${id}/tests`, { language: 'es' })
    expect([tested.status, tested.body]).toEqual([200, { outcome: 'sent' }])
    expect(service.taken[0]?.message).toMatchObject({ title: 'Los mensajes llegan a este dispositivo' })
    expect((await phone.ask(`POST /push/devices/${id}/tests`, {})).body.code).toBe('people.push_test_soon')
  })

  test('takes it back', async () => {
    const { email, to } = await someone()
    const phone = await signIn(email)
    const { id } = await subscribed(phone)
    expect((await phone.ask(`DELETE /push/devices/${id}`)).status).toBe(204)
    expect(await push.sendPush(to, matter)).toEqual(nothing)
  })

  test('a long text is cut, not refused', async () => {
    const { email, to } = await someone()
    await subscribed(await signIn(email))
    expect(await push.sendPush(to, { ...matter, title: '🔥'.repeat(2000), body: 'ñ'.repeat(9000) })).toMatchObject({
      sent: 1,
    })
    expect([...String(Object(service.taken[0]?.message).title)]).toHaveLength(120)
  })
})

describe('nobody is told who', () => {
  test('signed out there', async () => {
    const { email, to } = await someone()
    const [phone, desk] = [await signIn(email), await signIn(email)]
    await subscribed(phone)
    await subscribed(desk)
    expect((await phone.ask('DELETE /session')).status).toBe(204)
    expect(await push.sendPush(to, matter)).toEqual({ ...nothing, sent: 1 })
    expect(await devicesOf(desk)).toHaveLength(1)
  })

  test('was signed out from elsewhere', async () => {
    const { email, to } = await someone()
    const [phone, desk] = [await signIn(email), await signIn(email)]
    await subscribed(phone)
    expect((await desk.ask('DELETE /account/sessions')).status).toBe(204)
    expect(await push.sendPush(to, matter)).toEqual(nothing)
    expect(await devicesOf(desk)).toEqual([])
  })

  test('let their session run out, and the row is swept', async () => {
    const { email, to, userId } = await someone()
    const { id } = await subscribed(await signIn(email))
    await door.people.pool.query(`update auth.sessions set expires_at = now() - interval '1 s' where user_id = $1`, [
      userId,
    ])
    expect(await push.sendPush(to, matter)).toEqual(nothing)
    await push.sweep()
    const left = await door.people.pool.query('select id from push_subscriptions where id = $1', [id])
    expect(left.rowCount).toBe(0)
  })

  test('was suspended, and stays untold when let back in', async () => {
    const boss = await hire(door.people, burger, { name: `Boss ${++hired}`, grants: admin })
    const { email, to, memberId } = await someone()
    await subscribed(await signIn(email))
    const become = (status: 'suspended' | 'active') =>
      door.people.database.write(boss.actor, (tx) => changeMember(tx, boss.actor, memberId, { status }))
    await become('suspended')
    expect(await push.sendPush(to, matter)).toEqual(nothing)
    await become('active')
    expect(await push.sendPush(to, matter)).toEqual(nothing)
  })

  test('left a browser to the next: an endpoint is whose subscribed it last', async () => {
    const [first, second] = [await someone(), await someone(pizza)]
    const { target } = await subscribed(await signIn(first.email))
    await subscribed(await signIn(second.email), target)
    expect(await push.sendPush(first.to, matter)).toEqual(nothing)
    expect(await push.sendPush(second.to, matter)).toMatchObject({ sent: 1 })
  })

  test('belongs to another customer under the same id', async () => {
    const { email, to } = await someone()
    await subscribed(await signIn(email))
    expect(await push.sendPush({ ...to, tenantId: pizza.system.tenantId }, matter)).toEqual(nothing)
  })
})

test('one browser is told things by two customers, and its sign-out ends both', async () => {
  const here = await someone()
  const there = await someone(pizza, { userId: here.userId })
  const phone = await signIn(here.email)
  const target = service.subscribe()
  await subscribed(phone, target, { 'x-organization-id': burger.system.organizationId })
  await subscribed(phone, target, { 'x-organization-id': pizza.system.organizationId })
  expect(await push.sendPush(here.to, matter)).toMatchObject({ sent: 1 })
  expect(await push.sendPush(there.to, matter)).toMatchObject({ sent: 1 })
  expect(service.taken.map(({ message }) => (message as { path: string }).path)).toEqual([
    '/o/burger/tasks/7',
    '/o/pizza/tasks/7',
  ])
  const next = service.subscribe()
  const renewed = { endpoint: target.endpoint, device: { publicKey: keys.publicKey, target: next } }
  expect((await phone.ask('POST /push/renewals', renewed)).status).toBe(204)
  expect(await push.sendPush(there.to, matter)).toMatchObject({ sent: 1 })
  expect(service.taken.at(-1)?.path).toBe(new URL(next.endpoint).pathname)
  await phone.ask('DELETE /session')
  expect(await push.sendPush(here.to, matter)).toEqual(nothing)
  expect(await push.sendPush(there.to, matter)).toEqual(nothing)
})

test('a browser that is gone is removed; a busy service leaves it', async () => {
  const { email, to } = await someone()
  const phone = await signIn(email)
  await subscribed(phone)
  service.answers.push({ status: 503 }, { status: 503 }, { status: 503 })
  expect(await push.sendPush(to, matter)).toEqual({ ...nothing, failed: 1 })
  expect(await devicesOf(phone)).toHaveLength(1)
  service.answers.push({ status: 410 })
  expect(await push.sendPush(to, matter)).toEqual({ ...nothing, gone: 1 })
  expect(await devicesOf(phone)).toEqual([])
})

test('after new keys, what was subscribed with the old ones is not called', async () => {
  const { email, to } = await someone()
  const phone = await signIn(email)
  await subscribed(phone)
  expect(await pushOf(door.people, { keys: newVapidKeys() }).sendPush(to, matter)).toEqual(nothing)
  const stale = { publicKey: newVapidKeys().publicKey, target: service.subscribe() }
  expect((await phone.ask('POST /push/devices', stale)).body.code).toBe('people.push_key')
})

describe('refused are', () => {
  test.each([
    'https://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:1/send/abc',
    'https://ops.internal/send',
    'https://fcm.googleapis.com/fcm/send/abc', // not on this installation's list
  ])('addresses we would not call: %s', async (endpoint) => {
    const phone = await signIn((await someone()).email)
    const target = { ...service.subscribe(), endpoint }
    const answer = await phone.ask('POST /push/devices', { publicKey: keys.publicKey, target })
    expect([answer.status, answer.body.code]).toEqual([422, 'people.push_endpoint'])
    expect(answer.body.errors[0].path).toBe('body.target.endpoint')
  })

  test('a point that lies on no curve', async () => {
    const phone = await signIn((await someone()).email)
    const { endpoint, keys: own } = service.subscribe()
    const target = { endpoint, keys: { ...own, p256dh: 'B'.repeat(87) } }
    const answer = await phone.ask('POST /push/devices', { publicKey: keys.publicKey, target })
    expect([answer.status, answer.body.code]).toEqual([422, 'people.push_endpoint'])
  })

  test('a colleague’s device and another customer’s, as if there were none', async () => {
    const { id } = await subscribed(await signIn((await someone()).email))
    const strangers = [await someone(), await someone(pizza)]
    for (const { email } of strangers) {
      const stranger = await signIn(email)
      expect((await stranger.ask(`DELETE /push/devices/${id}`)).status).toBe(404)
      expect((await stranger.ask(`POST /push/devices/${id}/tests`, {})).status).toBe(404)
      expect(await devicesOf(stranger)).toEqual([])
    }
  })

  test('a key, a gateway, a tablet that nobody has signed in on; and on a tablet its person too', async () => {
    const person = await someone()
    const { memberId: id } = person
    const { id: deviceId } = await subscribed(await signIn(person.email))
    const { ask, close } = await serveForTests(pushApi({ push, identity: door.people.identity }), door.people.database)
    const device = { publicKey: keys.publicKey, target: service.subscribe() }
    const routes: [string, object?][] = [
      ['GET /push'],
      ['POST /push/devices', device],
      [`POST /push/devices/${deviceId}/tests`, {}],
      [`DELETE /push/devices/${deviceId}`],
    ]
    const member = (await hire(door.people, burger, { name: `Pusher ${++hired}`, grants: admin })).actor
    for (const kind of ['key', 'device', 'kiosk'] as const)
      for (const [route, body] of routes) {
        const { status } = await ask({ ...member, id: `${kind} of it`, kind }, route, body)
        expect([kind, route, status]).toEqual([kind, route, kind === 'kiosk' ? 401 : 403])
      }
    const onTablet = { ...member, id, kioskId: crypto.randomUUID() }
    expect((await ask(onTablet, 'POST /push/devices', device)).body.code).toBe('people.push_shared')
    expect((await ask(onTablet, 'GET /push')).body).toEqual({ publicKey: null, sessionId: '', devices: [] })
    await close()
    expect(await push.sendPush(person.to, matter)).toEqual({ ...nothing, sent: 1 })
  })

  test('those without a session, and a renewal by another session changes nothing', async () => {
    const { email, to } = await someone()
    const { target } = await subscribed(await signIn(email))
    const renewed = {
      endpoint: target.endpoint,
      device: { publicKey: keys.publicKey, target: service.subscribe() },
    }
    expect((await door.browser().ask('POST /push/renewals', renewed)).status).toBe(401)
    expect((await door.browser().ask('GET /push')).status).toBe(401)
    const stranger = await signIn((await someone()).email)
    expect((await stranger.ask('POST /push/renewals', renewed)).status).toBe(204)
    await push.sendPush(to, matter)
    expect(service.taken.at(-1)?.path).toBe(new URL(target.endpoint).pathname)
  })

  test('everything, where push is off', async () => {
    const off = pushOf(door.people, { services: { hosts: [], origins: [] } })
    expect(off.publicKey).toBeNull()
    expect(() => off.readTarget({ publicKey: keys.publicKey, target: service.subscribe() })).toThrow('off')
  })
})
