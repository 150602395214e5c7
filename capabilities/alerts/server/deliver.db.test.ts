import type { Actor } from '@opsflow/platform/actor'
import { openLog } from '@opsflow/platform/server/log'
import { openMail } from '@opsflow/platform/server/mail'
import { catchMail } from '@opsflow/platform/server/mail-catcher.for-tests'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Matter } from '../matter.ts'
import { openStaff, type Staff } from './staff.for-tests.ts'
import type { Addressee, Said, WayOut } from './way-out.ts'
import { byEmail } from './ways.ts'

let staff: Staff
let cook: Actor
let maria: Actor
let catcher: Awaited<ReturnType<typeof catchMail>>
let mail: ReturnType<typeof openMail>

const MINUTE = 60_000
const START = Date.parse('2026-11-27T16:00:00Z')
const at = (minutes: number) => START + minutes * MINUTE

beforeAll(async () => {
  staff = await openStaff()
  cook = await staff.person('Carl', 'org:member', { location: staff.downtown })
  maria = await staff.person('Maria', 'org:manager', { location: staff.downtown })
  await staff.person('Dora', 'org:manager', { group: staff.districtId })
  catcher = await catchMail()
  const config = {
    host: '127.0.0.1',
    port: catcher.port,
    security: 'none',
    from: 'OpsFlow <ops@house.example>',
  } as const
  mail = openMail({ ...config, user: undefined, password: undefined }, openLog('silent'))
}, 60_000)
beforeEach(async () => {
  for (const table of [
    'notice_deliveries',
    'notices',
    'matter_events',
    'matters',
    'notice_preferences',
    'member_preferences',
    'checklists',
  ])
    await staff.rows(`delete from ${table}`)
  catcher.letters.length = 0
})
afterAll(async () => {
  mail.close()
  await catcher.close()
  await staff.close()
})

/** A way that keeps what it is told to say. */
function pad(way: 'push' | 'email' = 'push', answer: () => ReturnType<WayOut['tell']> = async () => 'sent') {
  const said: (Said & { to: string })[] = []
  const tell = (to: Addressee, what: Said) => {
    said.push({ ...what, to: to.memberId })
    return answer()
  }
  return { way, isOn: true, tell, said }
}
const matter = async (): Promise<Matter> => (await staff.ask(maria, 'GET /matters')).body.items[0]
const states = () =>
  staff.rows<{ way: string; state: string }>('select way, state from notice_deliveries order by due_at, way')

describe('what leaves the product', () => {
  test('a letter of a late checklist goes to the district by a real mail server, with a link to its thread', async () => {
    await staff.checklist('Opening', START)
    for (const minutes of [0, 15, 60]) await staff.look(at(minutes))
    await staff.deliver([byEmail(mail, 'https://ops.example')], at(61))
    const letter = catcher.to('dora@home.example')
    expect(letter?.subject).toBe('Opening: not heard of yet')
    const { id } = await matter()
    expect(letter?.text).toContain(`/inbox?id=${id}`)
    expect(letter?.text).toContain('Downtown, since 10:00 AM CST.')
    expect(catcher.letters).toHaveLength(1)
  })

  test('many at once are one notice to each person', async () => {
    for (let n = 1; n <= 7; n++) await staff.checklist(`Check ${n}`, START)
    for (const minutes of [0, 15, 60]) await staff.look(at(minutes))
    const push = pad()
    await staff.deliver([push, byEmail(mail, 'https://ops.example')], at(61))
    const toMaria = push.said.filter(({ to }) => to === maria.id)
    expect(toMaria).toMatchObject([
      { title: '7 checklists not heard of yet at Downtown', url: '/inbox', tag: 'matters' },
    ])
    expect(catcher.letters.map(({ subject }) => subject)).toEqual(['7 checklists not heard of yet at Downtown'])
    await staff.deliver([push, byEmail(mail, 'https://ops.example')], at(62))
    expect(catcher.letters).toHaveLength(1)
  })

  test('it is said in the language of whoever reads it', async () => {
    await staff.checklist('Apertura', START)
    await staff.write((tx) =>
      tx.query(`insert into member_preferences (member_id, language) values ($1, 'es')`, [maria.id]),
    )
    for (const minutes of [0, 15]) await staff.look(at(minutes))
    const push = pad()
    await staff.deliver([push], at(16))
    expect(push.said.find(({ to }) => to === maria.id)?.title).toBe('Apertura: aún sin noticias')
  })

  test('over, a push that went out is replaced without a sound, and what had not left does not', async () => {
    const id = await staff.checklist('Opening', START)
    for (const minutes of [0, 15]) await staff.look(at(minutes))
    const push = pad()
    await staff.deliver([push], at(16))
    const tag = push.said[0]?.tag
    for (const minutes of [60]) await staff.look(at(minutes))
    await staff.completed(id, at(60), cook)
    await staff.look(at(60))
    push.said.length = 0
    await staff.deliver([push, byEmail(mail, 'https://ops.example')], at(62))
    expect(push.said).toMatchObject([{ to: maria.id, title: 'Over: Opening: not heard of yet', tag, isUrgent: false }])
    expect(catcher.letters).toEqual([])
  })
})

describe('when it does not leave', () => {
  test('it is tried again with longer waits, and then it is on record as not delivered', async () => {
    await staff.checklist('Opening', START)
    for (const minutes of [0, 15]) await staff.look(at(minutes))
    const push = pad('push', async () => 'failed')
    let tries = 0
    for (let minutes = 16; minutes < 130; minutes++) {
      await staff.deliver([push], at(minutes))
      if (push.said.length > tries) tries = push.said.length
    }
    expect(tries).toBe(5)
    expect(await states()).toMatchObject([{ way: 'push', state: 'failed' }])
    const told = (await matter()).told.find(({ member }) => member.id === maria.id)
    expect(told?.sent).toMatchObject([{ way: 'push', state: 'failed' }])
  })

  test('a server that ends in the middle leaves it unknown, and nobody sends it a second time', async () => {
    await staff.checklist('Opening', START)
    for (const minutes of [0, 15]) await staff.look(at(minutes))
    await staff.rows(`update notice_deliveries set state = 'sending', tries = 1, due_at = $1`, [
      new Date(at(20)).toISOString(),
    ])
    const push = pad()
    await staff.deliver([push], at(19))
    await staff.deliver([push], at(21))
    expect(push.said).toEqual([])
    expect(await states()).toMatchObject([{ state: 'unknown' }])
  })

  test('of several servers at once, each notice is sent by one', async () => {
    for (let n = 1; n <= 3; n++) await staff.checklist(`Check ${n}`, START)
    for (const minutes of [0, 15]) await staff.look(at(minutes))
    const push = pad()
    await Promise.all([1, 2, 3, 4].map(() => staff.deliver([push], at(16))))
    const [counted] = await staff.rows<{ sent: number }>(
      `select count(*)::int as sent from notice_deliveries where state = 'sent'`,
    )
    expect(counted?.sent).toBe(3)
    expect(push.said).toHaveLength(1)
  })
})

describe('how someone wants to be told', () => {
  const prefers = (by: Actor, more: object) =>
    staff.ask(by, 'PUT /notice-preferences', {
      zone: null,
      quiet: null,
      byPush: true,
      byEmail: true,
      muted: [],
      ...more,
    })

  test('muted kinds stay in the inbox, and what is switched off stays off', async () => {
    expect((await prefers(maria, { muted: ['checklist'] })).status).toBe(200)
    await staff.checklist('Opening', START)
    for (const minutes of [0, 15]) await staff.look(at(minutes))
    expect((await matter()).told.map(({ member }) => member.name)).toContain('Maria')
    expect(await states()).toEqual([])
  })

  test('quiet hours hold a notice until they end, and food safety says why it does not wait', async () => {
    await prefers(maria, { zone: 'America/Chicago', quiet: { from: '09:00', to: '11:30' } })
    await staff.checklist('Opening', START)
    for (const minutes of [0, 15, 30]) await staff.look(at(minutes))
    expect((await matter()).told.map(({ member }) => member.name)).toEqual(['Carl'])
    await staff.look(at(91))
    expect((await matter()).told.map(({ member }) => member.name)).toContain('Maria')

    await staff.rows(
      `update matters set severity = 'critical', kind = 'temperature', opened_at = $1, step = -1, next_at = $1`,
      [new Date(at(10)).toISOString()],
    )
    await staff.rows('delete from notice_deliveries')
    await staff.rows('delete from notices')
    await staff.look(at(10))
    const push = pad()
    await staff.deliver([push], at(10))
    const toMaria = push.said.find(({ to }) => to === maria.id)
    expect(toMaria?.isUrgent).toBe(true)
    expect(toMaria?.lines.join(' ')).toContain(
      'You are told in your quiet hours because it is food safety: a temperature outside its limits.',
    )
  })

  test('a zone that does not exist is refused', async () => {
    const { status, body } = await prefers(maria, { zone: 'Mars/Olympus' })
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'alerts.zone_unknown' })
  })
})
