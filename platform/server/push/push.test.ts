import { createECDH, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Delivery, deliver } from './deliver.ts'
import { isRecipient, MOST_PLAIN_BYTES, seal } from './seal.ts'
import { pushService } from './service.for-tests.ts'
import { browserServices, mayReceive, readServices } from './services.ts'
import { isPair, newVapidKeys } from './vapid.ts'

const bytes = (text: string) => Buffer.from(text, 'base64url')

describe('sealing', () => {
  test('gives the bytes of RFC 8291, appendix A', () => {
    const sender = createECDH('prime256v1')
    sender.setPrivateKey(bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'))
    const recipient = {
      p256dh: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
      authSecret: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
    }
    const chance = { sender, salt: bytes('DGv6ra1nlYgDCS1FRnbzlw') }
    const sealed = seal(Buffer.from('When I grow up, I want to be a watermelon'), recipient, chance)
    expect(sealed.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_' +
        'yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    )
  })

  test('is for a point on the curve only, and for one record', () => {
    const p256dh = createECDH('prime256v1').generateKeys()
    expect(isRecipient({ p256dh, authSecret: randomBytes(16) })).toBe(true)
    expect(isRecipient({ p256dh, authSecret: randomBytes(15) })).toBe(false)
    expect(isRecipient({ p256dh: Buffer.alloc(65, 4), authSecret: randomBytes(16) })).toBe(false)
    expect(() => seal(Buffer.alloc(MOST_PLAIN_BYTES + 1), { p256dh, authSecret: randomBytes(16) })).toThrow('too long')
  })
})

test('a pair of keys is told from two halves', () => {
  const [one, other] = [newVapidKeys(), newVapidKeys()]
  expect(isPair(one)).toBe(true)
  expect(isPair({ publicKey: one.publicKey, privateKey: other.privateKey })).toBe(false)
  expect(isPair({ publicKey: 'B'.repeat(87), privateKey: other.privateKey })).toBe(false)
})

describe('messages go', () => {
  const services = readServices([...browserServices, 'https://push.example.com', 'http://127.0.0.1:8080'])

  test.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://web.push.apple.com/abc',
    'https://wns2-am3p.notify.windows.com/w/?token=abc',
    'https://push.example.com/abc',
    'http://127.0.0.1:8080/abc',
  ])('to %s', (endpoint) => expect(services && mayReceive(services, endpoint)).toBe(true))

  test.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/abc',
    'https://fcm.googleapis.com.evil.example/abc',
    'https://evilpush.apple.com.example/abc',
    'https://push.apple.com/abc',
    'https://user:secret@fcm.googleapis.com/abc',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/abc',
    'http://127.0.0.1:8081/abc',
    'file:///etc/passwd',
    'not an address',
  ])('never to %s', (endpoint) => expect(services && mayReceive(services, endpoint)).toBe(false))

  test('a list that names anything else is none', () => {
    for (const entry of ['http://push.example.com', '10.0.0.1', 'push', 'https://push.example.com/path', '*.com', '']) {
      expect(entry === '*.com' ? undefined : readServices([entry]), entry).toBeUndefined()
    }
    expect(readServices(['*.'])).toBeUndefined()
  })
})

describe('with a service that', () => {
  let service: Awaited<ReturnType<typeof pushService>>
  const logged: object[] = []
  const waited: number[] = []
  beforeAll(async () => {
    service = await pushService()
  })
  afterAll(() => service.close())

  const send = (more: Partial<Delivery> = {}) => {
    const { endpoint, keys: own } = service.subscribe()
    const recipient = { p256dh: bytes(own.p256dh), authSecret: bytes(own.auth) }
    const delivery: Delivery = {
      ...{ endpoint, recipient, payload: Buffer.from('{"title":"Walk-in 2"}'), ttlSeconds: 60 },
      ...{ urgency: 'high', topic: 'alarm 7' },
      ...more,
    }
    const services = { hosts: [], origins: [service.origin] }
    logged.length = waited.length = 0
    return deliver({ keys, services, subject: 'mailto:ops@example.com' }, delivery, {
      log: { warn: (details) => void logged.push(details) },
      wait: async (ms) => void waited.push(ms),
    })
  }
  const keys = newVapidKeys()

  test('takes it: sealed, signed for that service, with its time, urgency and topic', async () => {
    expect(await send()).toBe('sent')
    const { headers, message, claims } = service.taken.at(-1) ?? {}
    expect(message).toEqual({ title: 'Walk-in 2' })
    expect(claims).toMatchObject({ aud: service.origin, sub: 'mailto:ops@example.com' })
    expect(claims?.exp).toBeGreaterThan(Date.now() / 1000)
    expect(headers).toMatchObject({ ttl: '60', urgency: 'high', 'content-encoding': 'aes128gcm' })
    expect(headers?.topic).toMatch(/^[\w-]{32}$/)
  })

  test.each([404, 410])('says the browser is gone (%i)', async (status) => {
    service.answers.push({ status })
    expect(await send()).toBe('gone')
    expect(logged).toEqual([])
  })

  test('is busy for a moment: tried again, a little later each time, as long as it asks', async () => {
    service.answers.push({ status: 503 }, { status: 429, headers: { 'retry-after': '9' } })
    expect(await send()).toBe('sent')
    expect(waited).toHaveLength(2)
    expect(waited[0]).toBeLessThan(2000)
    expect(waited[1]).toBe(9000)
  })

  test('is busy for long, or says nothing: given up after three tries, without a word of where or what', async () => {
    service.answers.push({ status: 500 }, { status: 502 }, { status: 503 })
    expect(await send()).toBe('failed')
    expect(logged).toEqual([{ host: new URL(service.origin).host, status: 503, retryAfter: undefined }])
    service.answers.push({ status: 429, headers: { 'retry-after': '3600' } })
    expect(await send()).toBe('failed')
    expect(waited).toEqual([])
  })

  test.each([400, 401, 403, 413, 301])('does not want it (%i): not tried again', async (status) => {
    service.answers.push({ status, headers: { location: 'http://127.0.0.1:1/' } })
    expect(await send()).toBe('refused')
    expect(waited).toEqual([])
  })

  test('is not on the list any more: not called', async () => {
    expect(await send({ endpoint: 'https://169.254.169.254/send' })).toBe('refused')
  })
})
