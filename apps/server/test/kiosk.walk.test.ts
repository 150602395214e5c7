import { openPool } from '@opsflow/platform/server/tenant'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Ask, startProduct } from './product.ts'

const PIN = '402957'
const WRONG = '402958'

type Product = Awaited<ReturnType<typeof startProduct>>
type Manager = Awaited<ReturnType<Product['hire']>>
type Session = { tenant: { id: string }; organization: { id: string }; locations: { id: string; name: string }[] }

let product: Product
let rows: pg.Pool
let admin: { ask: Ask; cookie: string }
let session: Session
let mona: Manager
let downtown: string
let airport: string
let ana: string
let ben: string

/** A browser that keeps its cookies, as a tablet does. */
class Tablet {
  readonly jar = new Map<string, string>()
  readonly #address: string

  /** Each at an address of its own, so that one does not use up the tries of another. */
  constructor(address = `198.51.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`) {
    this.#address = address
  }

  get cookie() {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async ask(route: string, body?: unknown, more: Record<string, string> = {}) {
    const [method = 'GET', path] = route.split(' ')
    const response = await fetch(`${product.origin}/api/v1${path}`, {
      method,
      headers: {
        origin: product.origin,
        cookie: this.cookie,
        'x-forwarded-for': this.#address,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const cookies = response.headers.getSetCookie()
    for (const line of cookies) this.#keep(line)
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : null, headers: response.headers, cookies }
  }

  #keep(line: string) {
    const [pair = ''] = line.split(';')
    const [name = '', value = ''] = pair.split('=')
    if (/max-age=0/i.test(line)) this.jar.delete(name)
    else this.jar.set(name, value)
  }

  signIn = (memberId: string, pin: string) => this.ask('POST /kiosk-session', { memberId, pin })
}

beforeAll(async () => {
  product = await startProduct()
  rows = openPool(product.adminUrl, 2)
  admin = await product.found({
    organizationName: 'Home',
    locationName: 'Downtown',
    name: 'Ada',
    email: 'ada@example.com',
  })
  await admin.ask('POST /locations', { name: 'Airport', kind: 'cafe', timezone: 'America/Chicago' })
  session = (await admin.ask('GET /session')).body
  downtown = session.locations.find(({ name }) => name === 'Downtown')?.id ?? ''
  airport = session.locations.find(({ name }) => name === 'Airport')?.id ?? ''
  mona = await product.hire(session, 'Mona', [{ role: 'org:manager', locationId: downtown }])
  ana = await product.takeOn(session, 'Ana', [{ role: 'org:member', locationId: downtown }])
  ben = await product.takeOn(session, 'Ben', [{ role: 'org:member', locationId: downtown }])
  for (const person of [ana, ben]) await ownPin(person, PIN)
}, 120_000)

afterAll(async () => {
  await rows?.end()
  await product?.stop()
})

beforeEach(async () => void (await rows.query('delete from pin_tries')))

async function codeAt(locationId: string, by = admin.ask) {
  const made = await by('POST /kiosks', { locationId, name: 'Line tablet' })
  expect(made.status).toBe(201)
  return { id: made.body.id as string, code: made.body.enrolment.code as string, path: made.body.enrolment.path }
}

async function tabletAt(locationId: string) {
  const { id, code } = await codeAt(locationId)
  const tablet = new Tablet()
  expect((await tablet.ask('POST /kiosk-enrolments', { code })).status).toBe(201)
  return { id, tablet }
}

/** Given by a manager, used once on a tablet, changed there: as everyone without an account comes to a PIN. */
async function ownPin(memberId: string, pin: string) {
  const given = await admin.ask(`POST /members/${memberId}/temporary-pin`)
  expect(given.status).toBe(201)
  const { tablet } = await tabletAt(downtown)
  expect((await tablet.signIn(memberId, given.body.pin)).body).toMatchObject({ mustChangePin: true })
  expect((await tablet.ask('PUT /pin', { pin, currentPin: given.body.pin })).status).toBe(204)
}

/** Processes remember for seconds whom they know: what ended is over when the news has reached them. */
const overFor = (tablet: Tablet) =>
  expect.poll(async () => codeOf(await tablet.ask('GET /session')), { timeout: 10_000 }).toMatch(/^401/)

const codeOf = ({ status, body }: { status: number; body: { code?: string } | null }) => `${status} ${body?.code}`

describe('enrolling', () => {
  test('a code makes one browser the tablet of one location, and leaves a key that no script reads', async () => {
    const { id, code, path } = await codeAt(downtown, mona.ask)
    expect(path).toBe(`/kiosk#${code.replace(' ', '')}`)
    const tablet = new Tablet()
    expect((await tablet.ask('GET /kiosk')).body).toMatchObject({ state: 'unknown', staff: [] })
    const enrolled = await tablet.ask('POST /kiosk-enrolments', { code: code.toLowerCase() })
    expect(enrolled).toMatchObject({ status: 201, body: { id, name: 'Line tablet' } })
    const key = enrolled.cookies.find((line) => line.startsWith('__Host-opsflow.kiosk='))
    expect(key).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Secure$/)
    expect(JSON.stringify(enrolled.body)).not.toContain(tablet.jar.get('__Host-opsflow.kiosk'))
    const { body } = await tablet.ask('GET /kiosk')
    expect(body).toMatchObject({ state: 'ready', location: { name: 'Downtown' }, person: null, idleSeconds: 120 })
    expect((await mona.ask('GET /kiosks')).body.items[0]).toMatchObject({ id, state: 'ready', name: 'Line tablet' })
  })

  test('a code opens once, for a quarter of an hour, and not after a newer one', async () => {
    const once = await codeAt(downtown)
    const answers = await Promise.all(
      [1, 2, 3].map(() => new Tablet().ask('POST /kiosk-enrolments', { code: once.code })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422])
    const old = await codeAt(downtown)
    await rows.query(`update kiosk_codes set expires_at = now() - interval '1 second' where kiosk_id = $1`, [old.id])
    expect(codeOf(await new Tablet().ask('POST /kiosk-enrolments', { code: old.code }))).toBe('422 kiosks.code_unknown')
    const replaced = await codeAt(downtown)
    const newer = await admin.ask(`POST /kiosks/${replaced.id}/enrolments`)
    const late = await new Tablet().ask('POST /kiosk-enrolments', { code: replaced.code })
    expect(codeOf(late)).toBe('422 kiosks.code_unknown')
    expect((await new Tablet().ask('POST /kiosk-enrolments', { code: newer.body.code })).status).toBe(201)
  })

  test('the code is nowhere in the database, and not in a repeated answer', async () => {
    const send = () =>
      fetch(`${product.origin}/api/v1/kiosks`, {
        method: 'POST',
        headers: {
          origin: product.origin,
          cookie: admin.cookie,
          'content-type': 'application/json',
          'idempotency-key': 'the-same-tablet',
        },
        body: JSON.stringify({ locationId: downtown, name: 'Prep tablet' }),
      }).then((response) => response.json() as Promise<{ id: string; enrolment: { code: string | null } }>)
    const first = await send()
    const second = await send()
    expect([second.id, second.enrolment.code]).toEqual([first.id, null])
    const plain = first.enrolment.code?.replace(' ', '') ?? ''
    const { rows: stored } = await rows.query(
      `select (select count(*) from operations o where o::text like '%' || $1 || '%')::int
            + (select count(*) from kiosk_codes c where c::text like '%' || $1 || '%')::int as found`,
      [plain],
    )
    expect(stored[0].found).toBe(0)
  })

  test('guessing codes ends after twenty tries from one address', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 25; n++) {
      statuses.push((await new Tablet('203.0.113.9').ask('POST /kiosk-enrolments', { code: 'AAAABBBB' })).status)
    }
    expect(statuses.filter((status) => status === 422)).toHaveLength(20)
    expect(statuses.slice(20)).toEqual(Array(5).fill(429))
  })
})

describe('a tablet that nobody has signed in on', () => {
  test('shows the names of those who work there, and nothing else', async () => {
    const { tablet } = await tabletAt(downtown)
    const { body } = await tablet.ask('GET /kiosk')
    expect(body.staff.map(({ name }: { name: string }) => name)).toEqual(['Ana', 'Ben', 'Mona'])
    expect(Object.keys(body.staff[0])).toEqual(['id', 'name', 'pinSetAt'])
    for (const route of ['/units', '/dashboard', '/tasks', '/members', '/session', '/kiosks', '/pins', '/events']) {
      const refused = await tablet.ask(`GET ${route}${route === '/pins' ? `?locationId=${downtown}` : ''}`)
      expect(codeOf(refused), route).toMatch(/^(401 kiosk.nobody|404 not_found)$/)
    }
  })

  test('HQ is on its list once they have a PIN; someone of another location never is', async () => {
    const { tablet } = await tabletAt(airport)
    expect((await tablet.ask('GET /kiosk')).body.staff).toEqual([])
    expect(codeOf(await tablet.signIn(ana, PIN))).toBe('403 kiosks.pin_wrong')
  })
})

describe('a PIN', () => {
  test('opens the work of this location for its owner, on this tablet', async () => {
    const { id, tablet } = await tabletAt(downtown)
    expect(await tablet.signIn(ana, PIN)).toMatchObject({ status: 201, body: { name: 'Ana', mustChangePin: false } })
    const { body } = await tablet.ask('GET /session')
    expect(body).toMatchObject({ member: { id: ana, email: null }, kioskId: id, organizations: [] })
    expect(body.permissions['temperature.record']).toEqual([downtown])
    expect((await tablet.ask('GET /kiosk')).body.person).toMatchObject({ id: ana })
    expect((await tablet.ask('DELETE /kiosk-session')).status).toBe(204)
    expect(codeOf(await tablet.ask('GET /session'))).toBe('401 kiosk.nobody')
  })

  test('given by a manager opens nothing but the choice of one’s own, which may not be the same or a weak one', async () => {
    const cy = await product.takeOn(session, 'Cy', [{ role: 'org:member', locationId: downtown }])
    const { pin } = (await mona.ask(`POST /members/${cy}/temporary-pin`)).body
    const { tablet } = await tabletAt(downtown)
    await tablet.signIn(cy, pin)
    expect((await tablet.ask('GET /dashboard')).status).toBe(403)
    expect(codeOf(await tablet.ask('PUT /pin', { pin, currentPin: pin }))).toMatch(/422 (kiosks.pin_unchanged)/)
    for (const weak of ['000000', '123456', '121212', '230487', '87654', '8765432']) {
      expect((await tablet.ask('PUT /pin', { pin: weak, currentPin: pin })).status, weak).toBe(422)
    }
    expect((await tablet.ask('PUT /pin', { pin: '583204' })).status).toBe(422)
    expect((await tablet.ask('PUT /pin', { pin: '583204', currentPin: pin })).status).toBe(204)
    expect((await tablet.ask('GET /dashboard')).status).toBe(200)
    expect(codeOf(await tablet.signIn(cy, pin))).toBe('403 kiosks.pin_wrong')
  })

  test('is asked once more for a critical record, and answered with a receipt that travels with it', async () => {
    const { id, tablet } = await tabletAt(downtown)
    const seat = await tablet.signIn(ana, PIN)
    expect(seat.body).toMatchObject({ seat: expect.any(String), pinSetAt: expect.any(String) })
    const signed = await tablet.ask('POST /kiosk-signatures', { memberId: ana, pin: PIN })
    expect(signed.status).toBe(201)
    const { rows: tries } = await rows.query('select kiosk_id, tried_as, purpose from pin_tries where id = $1', [
      signed.body.receipt,
    ])
    expect(tries).toEqual([{ kiosk_id: id, tried_as: ana, purpose: 'signature' }])
    const sign = async (memberId: string, pin: string) =>
      codeOf(await tablet.ask('POST /kiosk-signatures', { memberId, pin }))
    expect(await sign(ana, WRONG)).toBe('403 kiosks.pin_wrong')
    const foreign = await product.foundBeside('Remote')
    expect(await sign(foreign.memberId, PIN), 'as for a wrong PIN').toBe('403 kiosks.pin_wrong')
    expect(codeOf(await mona.ask('POST /kiosk-signatures', { memberId: ana, pin: PIN }))).toBe(
      '403 kiosks.not_a_tablet',
    )
    expect((await new Tablet().ask('POST /kiosk-signatures', { memberId: ana, pin: PIN })).status).toBe(401)
  })

  test('that a manager gave signs nothing', async () => {
    const di = await product.takeOn(session, 'Di', [{ role: 'org:member', locationId: downtown }])
    const { pin } = (await mona.ask(`POST /members/${di}/temporary-pin`)).body
    const { tablet } = await tabletAt(downtown)
    const refused = await tablet.ask('POST /kiosk-signatures', { memberId: di, pin })
    expect(codeOf(refused)).toBe('403 kiosks.pin_temporary')
  })

  test('a manager gives none to someone who may do more, or of another customer', async () => {
    const { body: own } = await admin.ask('GET /session')
    expect(codeOf(await mona.ask(`POST /members/${own.member.id}/temporary-pin`))).toBe('403 kiosks.exceeds_own')
    const roving = await product.takeOn(session, 'Ro', [
      { role: 'org:member', locationId: downtown },
      { role: 'org:member', locationId: airport },
    ])
    expect(codeOf(await mona.ask(`POST /members/${roving}/temporary-pin`))).toBe('403 kiosks.exceeds_own')
    expect((await admin.ask(`POST /members/${roving}/temporary-pin`)).status).toBe(201)
    const foreign = await product.foundBeside('Away')
    expect((await admin.ask(`POST /members/${foreign.memberId}/temporary-pin`)).status).toBe(404)
    expect((await foreign.ask(`POST /members/${ana}/temporary-pin`)).status).toBe(404)
  })

  test('administration stays closed on a tablet, whoever is at it', async () => {
    const { body: own } = await admin.ask('GET /session')
    const chosen = await admin.ask('PUT /pin', { pin: '583204' })
    expect(chosen.status).toBe(204)
    const { tablet } = await tabletAt(airport)
    expect((await tablet.ask('GET /kiosk')).body.staff).toContainEqual(
      expect.objectContaining({ id: own.member.id, name: 'Ada' }),
    )
    expect((await tablet.signIn(own.member.id, '583204')).status).toBe(201)
    const { body } = await tablet.ask('GET /session')
    expect(Object.values(body.permissions).every((reach) => JSON.stringify(reach) === JSON.stringify([airport]))).toBe(
      true,
    )
    expect(Object.keys(body.permissions).filter((name) => /manage|configure|import/.test(name))).toEqual([])
    expect((await tablet.ask('POST /api-keys', { name: 'Mine', scopes: ['temperature.read'] })).status).toBe(403)
    expect((await tablet.ask('GET /kiosks')).status).toBe(403)
  })

  test('no session of a tablet reaches another location', async () => {
    const { body: unit } = await admin.ask('POST /units', {
      locationId: airport,
      name: 'Walk-in',
      kind: 'walk_in_cooler',
    })
    const { tablet } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    expect((await tablet.ask(`GET /units/${unit.id}`)).status).toBe(404)
    expect((await tablet.ask('POST /temperature-logs', { unitId: unit.id, value: '38', unit: 'F' })).status).toBe(404)
    expect((await tablet.ask('GET /units')).body.items).toEqual([])
    const { body: own } = await admin.ask('GET /session')
    await admin.ask('PUT /pin', { pin: '583204' })
    await tablet.signIn(own.member.id, '583204')
    expect((await tablet.ask(`GET /units/${unit.id}`)).status).toBe(404)
  })
})

describe('guessing', () => {
  test('one after the other: five wrong PINs, then the right one waits with the rest for fifteen minutes', async () => {
    const { tablet } = await tabletAt(downtown)
    for (let n = 0; n < 5; n++) expect(codeOf(await tablet.signIn(ana, WRONG))).toBe('403 kiosks.pin_wrong')
    const locked = await tablet.signIn(ana, PIN)
    expect(codeOf(locked)).toBe('429 kiosks.pin_locked')
    const seconds = Number(locked.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(14 * 60)
    expect(seconds).toBeLessThanOrEqual(15 * 60)
    expect(Date.parse(locked.body.errors[0].message)).toBeGreaterThan(Date.now())
    expect((await tablet.signIn(ben, PIN)).status, 'others go on').toBe(201)
    await rows.query(`update pin_tries set tried_at = tried_at - interval '15 minutes'`)
    expect((await tablet.signIn(ana, PIN)).status).toBe(201)
  })

  test('forty at once are counted one by one: five are looked at', async () => {
    const { tablet } = await tabletAt(downtown)
    const answers = await Promise.all(Array.from({ length: 40 }, () => tablet.signIn(ana, WRONG)))
    const codes = answers.map(codeOf)
    expect(codes.filter((code) => code === '403 kiosks.pin_wrong')).toHaveLength(5)
    expect(codes.filter((code) => code === '429 kiosks.pin_locked')).toHaveLength(35)
  })

  test('through many people: twenty wrong PINs close the tablet, and a manager opens it', async () => {
    const { id, tablet } = await tabletAt(downtown)
    const nobodies = Array.from({ length: 5 }, () => crypto.randomUUID())
    for (const one of nobodies) for (let n = 0; n < 4; n++) await tablet.signIn(one, WRONG)
    expect(codeOf(await tablet.signIn(ana, PIN))).toBe('429 kiosks.guarded')
    expect((await tablet.ask('GET /kiosk')).body).toMatchObject({ state: 'guarded', guardedUntil: expect.any(String) })
    expect((await mona.ask(`GET /kiosks`)).body.items.find((one: { id: string }) => one.id === id).state).toBe(
      'guarded',
    )
    expect((await mona.ask(`PATCH /kiosks/${id}`, { locked: false })).body.state).toBe('ready')
    expect((await tablet.signIn(ana, PIN)).status).toBe(201)
  })

  test('every reason but the lock has one answer', async () => {
    const { tablet } = await tabletAt(downtown)
    const without = await product.takeOn(session, 'Di', [{ role: 'org:member', locationId: downtown }])
    const gone = await product.takeOn(session, 'Ed', [{ role: 'org:member', locationId: downtown }])
    await ownPin(gone, PIN)
    await admin.ask(`PATCH /members/${gone}`, { status: 'suspended' })
    const elsewhere = await product.takeOn(session, 'Fi', [{ role: 'org:member', locationId: airport }])
    const foreign = await product.foundBeside('Further')
    const answers: unknown[] = []
    for (const one of [ana, without, gone, elsewhere, foreign.memberId, crypto.randomUUID()]) {
      const { status, body } = await tablet.signIn(one, one === ana ? WRONG : PIN)
      answers.push({ ...body, requestId: null, status })
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 403, code: 'kiosks.pin_wrong' })
  })

  test('the wrong PINs of a signature count with those of signing in', async () => {
    const { tablet } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    const action = `POST /corrective-actions/${crypto.randomUUID()}/closure`
    for (let n = 0; n < 5; n++) {
      expect(codeOf(await tablet.ask(action, { signature: { pin: WRONG } }))).toBe('403 kiosks.pin_wrong')
    }
    expect(codeOf(await tablet.ask(action, { signature: { pin: PIN } }))).toBe('429 kiosks.pin_locked')
    expect(codeOf(await tablet.signIn(ana, PIN))).toBe('429 kiosks.pin_locked')
  })
})

describe('what ends it', () => {
  test('two minutes without a touch; a touch keeps it', async () => {
    const { tablet } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    const idle = (seconds: number) =>
      rows.query('update kiosk_sessions set active_at = active_at - make_interval(secs => $1)', [seconds])
    await idle(100)
    expect((await tablet.ask('POST /kiosk-session/activity')).status).toBe(204)
    await idle(100)
    expect(await product.whoIs(tablet.cookie)).toBe('member Ana')
    await idle(100)
    expect(await product.whoIs(tablet.cookie)).toBe('kiosk Line tablet')
    await tablet.ask('POST /kiosk-session/activity')
    expect(await product.whoIs(tablet.cookie), 'it does not come back').toBe('kiosk Line tablet')
  })

  test('suspending the person at it', async () => {
    const gil = await product.takeOn(session, 'Gil', [{ role: 'org:member', locationId: downtown }])
    await ownPin(gil, PIN)
    const { tablet } = await tabletAt(downtown)
    await tablet.signIn(gil, PIN)
    expect((await tablet.ask('GET /session')).status).toBe(200)
    await admin.ask(`PATCH /members/${gil}`, { status: 'suspended' })
    await overFor(tablet)
  })

  test('locking the tablet while a PIN is being entered, and while someone is at it', async () => {
    const { id, tablet } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    expect((await mona.ask(`PATCH /kiosks/${id}`, { locked: true })).body.state).toBe('locked')
    await overFor(tablet)
    expect((await tablet.ask('GET /kiosk')).body).toMatchObject({ state: 'locked', staff: [], person: null })
    expect(codeOf(await tablet.signIn(ana, PIN))).toBe('403 kiosks.locked')
    await mona.ask(`PATCH /kiosks/${id}`, { locked: false })
    expect(codeOf(await tablet.ask('GET /session')), 'the session before stays over').toBe('401 kiosk.nobody')
    expect((await tablet.signIn(ana, PIN)).status).toBe(201)
  })

  test('a new PIN from a manager', async () => {
    const hal = await product.takeOn(session, 'Hal', [{ role: 'org:member', locationId: downtown }])
    await ownPin(hal, PIN)
    const { tablet } = await tabletAt(downtown)
    await tablet.signIn(hal, PIN)
    await mona.ask(`POST /members/${hal}/temporary-pin`)
    await overFor(tablet)
  })

  test('a wipe: the key opens nothing at once, the tablet is told to forget, and may be enrolled anew', async () => {
    const { id, tablet } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    expect((await mona.ask(`POST /kiosks/${id}/wipe`)).body.state).toBe('wiping')
    await overFor(tablet)
    expect((await tablet.signIn(ana, PIN)).status).toBe(401)
    const told = await tablet.ask('GET /kiosk')
    expect(told.body).toMatchObject({ state: 'wiped', staff: [], location: null })
    expect(told.headers.get('clear-site-data'), 'what it holds is still to be delivered').toBeNull()
    const stateNow = async () =>
      (await mona.ask('GET /kiosks')).body.items.find((one: { id: string }) => one.id === id).state
    expect(await stateNow()).toBe('wiping')
    const forgotten = await tablet.ask('DELETE /kiosk')
    expect(forgotten.headers.get('clear-site-data')).toBe('"cookies", "storage"')
    expect([...tablet.jar.keys()]).toEqual([])
    expect(await stateNow()).toBe('wiped')
    const { code } = (await mona.ask(`POST /kiosks/${id}/enrolments`)).body
    await tablet.ask('POST /kiosk-enrolments', { code })
    expect((await tablet.ask('GET /kiosk')).body).toMatchObject({ state: 'ready', person: null })
  })

  test('a tablet in use does not forget: whoever is at it cannot take it out of use', async () => {
    const { tablet } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    expect(codeOf(await tablet.ask('DELETE /kiosk'))).toBe('409 kiosks.in_use')
    expect((await tablet.ask('GET /kiosk')).body.state).toBe('ready')
  })

  test('revoking it: for good', async () => {
    const { id, tablet } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    expect((await mona.ask(`DELETE /kiosks/${id}`)).status).toBe(204)
    await overFor(tablet)
    expect((await tablet.ask('GET /kiosk')).body.state).toBe('wiped')
    for (const route of [`PATCH /kiosks/${id}`, `POST /kiosks/${id}/wipe`, `POST /kiosks/${id}/enrolments`]) {
      const body = route.startsWith('PATCH') ? { locked: false } : undefined
      expect(codeOf(await mona.ask(route, body))).toBe('409 kiosks.revoked')
    }
  })
})

describe('stolen', () => {
  test('a session’s cookie opens nothing on another tablet, nor without one', async () => {
    const { tablet } = await tabletAt(downtown)
    const { tablet: other } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    const token = tablet.jar.get('__Host-opsflow.kiosk-session') as string
    other.jar.set('__Host-opsflow.kiosk-session', token)
    expect(codeOf(await other.ask('GET /session'))).toBe('401 kiosk.nobody')
    const thief = new Tablet()
    thief.jar.set('__Host-opsflow.kiosk-session', token)
    expect((await thief.ask('GET /session')).status).toBe(401)
  })

  test('a tablet’s key shows names, and loses even that when the tablet is revoked', async () => {
    const { id, tablet } = await tabletAt(downtown)
    const thief = new Tablet()
    thief.jar.set('__Host-opsflow.kiosk', tablet.jar.get('__Host-opsflow.kiosk') as string)
    expect((await thief.ask('GET /units')).status).toBe(401)
    expect((await thief.ask('GET /kiosk')).body.staff.length).toBeGreaterThan(0)
    await mona.ask(`DELETE /kiosks/${id}`)
    expect((await thief.ask('GET /kiosk')).body.staff).toEqual([])
  })

  test('another site cannot ride on a tablet', async () => {
    const { tablet } = await tabletAt(downtown)
    const told = await tablet.ask(
      'POST /kiosk-session',
      { memberId: ana, pin: PIN },
      { origin: 'https://evil.example' },
    )
    expect(codeOf(told)).toBe('403 origin.foreign')
  })

  test('no PIN is in the database, in clear or as a digest that could be tried out', async () => {
    const { tablet } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    const action = `POST /corrective-actions/${crypto.randomUUID()}/closure`
    await tablet.ask(action, { signature: { pin: PIN } }, { 'idempotency-key': 'a-signature' })
    const { rows: pins } = await rows.query('select pin_hash from member_pins')
    expect(pins.every(({ pin_hash }) => /^argon2id\$m=19456,t=2,p=1\$[\w-]{22}\$[\w-]{43}$/.test(pin_hash))).toBe(true)
    expect(new Set(pins.map(({ pin_hash }) => pin_hash)).size, 'equal PINs, different hashes').toBe(pins.length)
  })
})

describe('the copy of a tablet', () => {
  const emptyCursor = { epoch: null, rights: null, scopes: {} }
  const life = crypto.randomUUID()
  const device = () => ({
    at: new Date().toISOString(),
    zone: 'America/Chicago',
    offsetMinutes: -360,
    session: life,
    monotonicMs: performance.now(),
    anchor: null,
    offsetMs: 0,
  })
  const pull = (tablet: Tablet, clientId: string, cursor: object = emptyCursor) =>
    tablet.ask('POST /sync/pull', { clientId, cursor })
  const reading = (mid: number, by: string | null, proof: object | null, value = '38') => ({
    mid,
    uid: crypto.randomUUID(),
    name: 'temperature.record',
    version: 1,
    args: { id: crypto.randomUUID(), unitId, value, unit: 'F' },
    device: device(),
    by,
    proof,
  })
  const push = (tablet: Tablet, clientId: string, mutations: object[], more: object = {}) =>
    tablet.ask(`POST /sync/${'drainKey' in more ? 'drain' : 'push'}`, { clientId, sent: device(), mutations, ...more })
  const outcomes = ({ body }: { body: { results: { outcome: string; code: string | null }[] } }) =>
    body.results.map(({ outcome, code }) => `${outcome} ${code ?? ''}`.trim())
  const onTablet = (pinSetAt: string | null) => ({ seat: null, pinSetAt, signature: null })
  const pinSetAt = async (tablet: Tablet, memberId: string): Promise<string> =>
    (await tablet.ask('GET /kiosk')).body.staff.find(({ id }: { id: string }) => id === memberId).pinSetAt
  let unitId: string

  beforeAll(async () => {
    const unit = { locationId: downtown, name: 'Walk-in', kind: 'walk_in_cooler' }
    unitId = (await admin.ask('POST /units', unit)).body.id
    await admin.ask('POST /units', { ...unit, locationId: airport, name: 'Elsewhere' })
  })

  test('is its location’s rows, while nobody sits there and whoever does, and no other tablet’s', async () => {
    const { tablet } = await tabletAt(downtown)
    const clientId = crypto.randomUUID()
    const { status, body } = await pull(tablet, clientId)
    expect(status).toBe(200)
    expect(Object.keys(body.cursor.scopes)).toEqual([downtown])
    expect(new Set(body.changes.map(({ scope }: { scope: string }) => scope))).toEqual(new Set([downtown]))
    expect(body.changes.some(({ id }: { id: string }) => id === unitId)).toBe(true)
    await tablet.signIn(ana, PIN)
    const seated = await pull(tablet, clientId, body.cursor)
    expect(seated.body).toMatchObject({ reset: false, changes: [], cursor: body.cursor })
    const { tablet: other } = await tabletAt(downtown)
    expect(codeOf(await pull(other, clientId, body.cursor))).toMatch(/sync.not_your_client/)
  })

  test('takes what several did, each in their own name, and says which only the tablet vouches for', async () => {
    const { id, tablet } = await tabletAt(downtown)
    const clientId = crypto.randomUUID()
    await pull(tablet, clientId)
    const { body: seat } = await tablet.signIn(ana, PIN)
    const proof = { seat: seat.seat, pinSetAt: seat.pinSetAt, signature: null }
    await tablet.ask('DELETE /kiosk-session')
    const bens = onTablet(await pinSetAt(tablet, ben))
    const work = [reading(1, ana, proof, '36'), reading(2, ben, bens, '37'), reading(3, ana, onTablet(null), '39')]
    expect(outcomes(await push(tablet, clientId, work))).toEqual(['applied', 'applied', 'applied'])
    const { body: logs } = await admin.ask(`GET /temperature-logs?unitId=${unitId}&limit=3`)
    expect(
      logs.items.map(
        ({ value, recordedBy, kiosk }: never[] & Record<string, { text: string; name: string; id: string }>) => [
          value?.text,
          recordedBy?.name,
          kiosk?.id,
        ],
      ),
    ).toEqual(
      expect.arrayContaining([
        ['36', 'Ana', id],
        ['37', 'Ben', id],
        ['39', 'Ana', id],
      ]),
    )
    const vouched = await mona.ask(`GET /kiosks/${id}/vouched-work`)
    expect(vouched.body.items.map(({ member, proved }: Vouched) => `${member.name} ${proved}`).sort()).toEqual([
      'Ana outdated',
      'Ben tablet',
    ])
    const away = await product.hire(session, 'Wim', [{ role: 'org:manager', locationId: airport }])
    expect((await away.ask(`GET /kiosks/${id}/vouched-work`)).status).toBe(404)
    const foreign = await product.foundBeside('Distant')
    expect((await foreign.ask(`GET /kiosks/${id}/vouched-work`)).status).toBe(404)
    await tablet.signIn(ana, PIN)
    expect((await tablet.ask(`GET /kiosks/${id}/vouched-work`)).status).toBe(403)
  })

  test('of someone who does not work there it takes nothing for good: set aside, or refused of strangers', async () => {
    const { tablet } = await tabletAt(downtown)
    const clientId = crypto.randomUUID()
    await pull(tablet, clientId)
    const pat = await product.takeOn(session, 'Pat', [{ role: 'org:member', locationId: airport }])
    const foreign = await product.foundBeside('Remoter')
    const work = [pat, foreign.memberId, null].map((by, at) => reading(at + 1, by, onTablet(null)))
    expect(outcomes(await push(tablet, clientId, work))).toEqual([
      'quarantined kiosks.works_elsewhere',
      'refused sync.by_unknown',
      'refused sync.by_missing',
    ])
  })

  test('locked, it is told nothing, and what it sends is set aside', async () => {
    const { id, tablet } = await tabletAt(downtown)
    const clientId = crypto.randomUUID()
    await pull(tablet, clientId)
    const proof = onTablet(await pinSetAt(tablet, ana))
    await mona.ask(`PATCH /kiosks/${id}`, { locked: true })
    expect(codeOf(await pull(tablet, clientId))).toBe('403 kiosks.locked')
    expect(outcomes(await push(tablet, clientId, [reading(1, ana, proof)]))).toEqual(['quarantined kiosks.locked'])
  })

  test.each(['wiped', 'revoked'])('%s, it is told nothing, and delivers what it held by its drain key', async (how) => {
    const { id, tablet } = await tabletAt(downtown)
    const clientId = crypto.randomUUID()
    const { drainKey } = (await pull(tablet, clientId)).body
    const proof = onTablet(await pinSetAt(tablet, ana))
    await mona.ask(how === 'wiped' ? `POST /kiosks/${id}/wipe` : `DELETE /kiosks/${id}`)
    await expect.poll(async () => (await pull(tablet, clientId)).status, { timeout: 10_000 }).toBe(401)
    const work = [reading(1, ana, proof)]
    expect((await push(tablet, clientId, work)).status).toBe(401)
    expect(codeOf(await push(tablet, clientId, work, { drainKey: 'x'.repeat(43) }))).toMatch(/sync.drain_refused/)
    const drained = await push(tablet, clientId, work, { drainKey })
    expect(outcomes(drained)).toEqual(['quarantined sync.drained'])
    expect((await tablet.ask('DELETE /kiosk')).headers.get('clear-site-data')).toBe('"cookies", "storage"')
  })
})

type Vouched = { member: { name: string }; proved: string }

describe('others', () => {
  test('neither a cook, nor a manager elsewhere, nor another customer manages this tablet', async () => {
    const { id, tablet } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    const away = await product.hire(session, 'Wes', [{ role: 'org:manager', locationId: airport }])
    const foreign = await product.foundBeside('Third')
    const commands: [string, unknown?][] = [
      [`PATCH /kiosks/${id}`, { locked: true }],
      [`POST /kiosks/${id}/wipe`],
      [`POST /kiosks/${id}/enrolments`],
      [`DELETE /kiosks/${id}`],
    ]
    for (const [route, body] of commands) {
      expect((await tablet.ask(route, body)).status, `cook: ${route}`).toBe(403)
      expect((await away.ask(route, body)).status, `elsewhere: ${route}`).toBe(404)
      expect((await foreign.ask(route, body)).status, `foreign: ${route}`).toBe(404)
    }
    const set = { locationId: downtown, name: 'Mine' }
    expect((await tablet.ask('POST /kiosks', set)).status).toBe(403)
    expect((await away.ask('POST /kiosks', set)).status).toBe(404)
    expect((await foreign.ask('POST /kiosks', set)).status).toBe(404)
    expect((await away.ask(`GET /pins?locationId=${downtown}`)).status).toBe(404)
    expect((await away.ask(`GET /kiosks?locationId=${downtown}`)).body.items).toEqual([])
    expect((await foreign.ask(`GET /pins?locationId=${downtown}`)).body.items).toEqual([])
    expect((await tablet.ask('GET /kiosk')).body.state).toBe('ready')
  })
})

describe('a record', () => {
  test('names the person and the tablet, and a critical one is signed', async () => {
    const { body: unit } = await admin.ask('POST /units', {
      locationId: downtown,
      name: 'Reach-in',
      kind: 'walk_in_cooler',
    })
    const { id, tablet } = await tabletAt(downtown)
    await tablet.signIn(ana, PIN)
    const { body: log } = await tablet.ask('POST /temperature-logs', { unitId: unit.id, value: '50', unit: 'F' })
    expect(log).toMatchObject({ recordedBy: { id: ana, name: 'Ana' }, kiosk: { id, name: 'Line tablet' } })
    const action = `/corrective-actions/${log.correctiveActionId}`
    const response = { cause: 'defrost', action: 'closed_door', disposition: 'discarded' }
    expect((await tablet.ask(`POST ${action}/response`, response)).status).toBe(200)
    expect((await tablet.ask(`POST ${action}/recheck`, { value: '38', unit: 'F' })).status).toBe(200)

    expect(codeOf(await tablet.ask(`POST ${action}/closure`, {}))).toBe('422 signature.missing')
    expect((await tablet.ask(`POST ${action}/closure`, { signature: { pin: WRONG } })).status).toBe(403)
    expect((await admin.ask(`GET ${action}`)).body.state, 'nothing was closed').toBe('rechecked')
    const closed = await tablet.ask(`POST ${action}/closure`, { signature: { pin: PIN } })
    expect(closed.body).toMatchObject({ state: 'closed' })
    expect(closed.body.history.at(-1)).toMatchObject({ step: 'closure', by: { name: 'Ana' }, kiosk: { id } })
    expect((await mona.ask(`POST ${action}/verification`, {})).body.state, 'a personal session is enough').toBe(
      'verified',
    )

    const { rows: written } = await rows.query(
      `select actor from operations where actor like '%/kiosk:%'
       union all select actor from events where actor like 'member:' || $1 || '/kiosk:%'`,
      [ana],
    )
    expect(written.length).toBeGreaterThan(0)
    const { body: tasks } = await admin.ask(`GET /tasks?locationId=${downtown}&status=completed`)
    expect(tasks.items[0]).toMatchObject({ completedBy: { name: 'Ana' }, kiosk: { id } })
  })
})

test('locked from anywhere, a tablet that is on hears of it at once', async () => {
  const { id, tablet } = await tabletAt(downtown)
  const bare = await product.listen(session.organization.id, tablet.cookie)
  await tablet.signIn(ana, PIN)
  const working = await product.listen(session.organization.id, tablet.cookie)
  await mona.ask(`PATCH /kiosks/${id}`, { locked: true })
  const told = (heard: typeof bare) =>
    heard.some(({ event, name }) => event === 'poke' && String(name).startsWith('rights_'))
  await expect.poll(() => told(bare) && told(working), { timeout: 20_000 }).toBe(true)
})
