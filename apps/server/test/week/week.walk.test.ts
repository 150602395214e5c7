import {
  type Answer,
  becomesTask,
  type Checklist,
  type ChecklistForm,
  standingAnswers,
} from '@opsflow/capabilities/checklists'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { draws, seedOf } from '../../demo/draws.ts'
import { Hands } from './crew.ts'
import { type Deed, Device } from './device.ts'
import { openRestaurant, type Person, PIN, type Restaurant } from './restaurant.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const DAYS = 7
/** How often somebody comes to a device. */
const STEP = 10 * MINUTE

/** The next Monday, at six in Chicago's winter: the crew comes in, and the business day is two hours old. */
function nextMonday(): number {
  const day = new Date(Date.now() + DAY)
  day.setUTCHours(12, 0, 0, 0)
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() + 1)
  return day.getTime()
}

/** What happens, to whom and when: the same in every run. */
const story = draws('a week at the Juniper Table')
const start = nextMonday()
const end = start + DAYS * DAY

const book: Deed[] = []
const taken: string[] = []
const devices: Device[] = []
let place: Restaurant

/** Nobody thinks of these, the same in every run: about one in thirty. */
const forgotten = new Set<string>()
function isForgotten({ id, name, dueAt }: Checklist): boolean {
  const minute = (Date.parse(dueAt ?? '') - start) / MINUTE
  const is = seedOf(`${name} ${minute}`) % 30 === 0
  if (is) forgotten.add(id)
  return is
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(start - 12 * HOUR)
  place = await openRestaurant(new Date(start - DAY).toISOString().slice(0, 10))
  await place.minute()
  await openDevices()
  for (let at = start; at < end; at += STEP) if ((at - start) % DAY <= 18 * HOUR) await step(at)
  vi.setSystemTime(end)
  await everythingArrives()
}, 900_000)
afterAll(async () => {
  vi.useRealTimers()
  await place?.close()
})

async function openDevices() {
  const tookTime = () => void vi.setSystemTime(Date.now() + 4_000)
  const parts = { book, taken, draws: story, organizationId: place.organizationId, tookTime }
  for (const { id, name, ask, fetch } of place.tablets)
    devices.push(await Device.open(name, { kind: 'kiosk', id, name }, { ...parts, ask, fetch }))
  const { manager, mona } = place
  devices.push(
    await Device.open('Phone', { kind: 'member', ...manager }, { ...parts, ask: mona.ask, fetch: mona.fetch }),
  )
  for (const device of devices) await device.sync()
}

async function step(at: number) {
  vi.setSystemTime(Math.max(at, Date.now()))
  const ofDay = (at - start) % DAY
  if (at % HOUR === 0) await place.minute()
  if (ofDay === 0) shifts(Math.round((at - start) / DAY))
  for (const device of devices) network(device, at)
  const [line, pass, phone] = devices as [Device, Device, Device]
  for (const tablet of [line, pass]) await atTablet(tablet, story.oneOf(ofDay < 9.5 * HOUR ? morning : evening))
  await onPhone(phone, ofDay)
  for (const device of devices) await device.sync()
}

const backAt = new Map<Device, number>()
/** Away now and then, from twenty minutes to eight hours. */
function network(device: Device, at: number) {
  if (device.isCut) device.isCut = at < (backAt.get(device) ?? 0)
  else if (story.isLucky(0.03)) {
    device.isCut = true
    device.cuts += 1
    backAt.set(device, at + story.whole([2, 48]) * STEP)
  }
}

let morning: Person[] = []
let evening: Person[] = []
function shifts(day: number) {
  const working = place.crew.filter((_, n) => (n + day) % 7 !== 0)
  morning = working.slice(0, story.whole([4, 6]))
  evening = working.slice(-story.whole([4, 6]))
}
async function atTablet(tablet: Device, person: Person) {
  const hands = new Hands(tablet, await tablet.enter(person, PIN), story)
  await hands.workOnChecklists(story.whole([3, 10]), isForgotten)
  if (story.isLucky(0.45)) await hands.workOnTasks()
  if (story.isLucky(0.6)) await hands.workOnDeviations()
  if (story.isLucky(0.12)) await hands.readUnit()
  if (story.isLucky(0.04)) await hands.noticeSomething(place.locationId, `Noticed at ${new Date().toISOString()}`)
}

async function onPhone(phone: Device, ofDay: number) {
  const hands = new Hands(phone, place.manager, story)
  const prep = Array.from({ length: 52 }, (_, n) => `Prep ${n + 1}`)
  if (ofDay === 2 * HOUR) await hands.giveOutTasks(prep, morning, place.locationId)
  if (ofDay % (2 * HOUR) === 0) await hands.verify(10)
}

/** The network is back everywhere, and what is over is closed. */
async function everythingArrives() {
  for (const device of devices) device.isCut = false
  for (let n = 0; n < 20 && devices.some((device) => device.isBusy); n++)
    for (const device of devices) await device.sync()
  await place.minute()
  for (const device of devices) await device.sync()
}

const query = async <Row>(sql: string, params: unknown[] = []) => (await place.rows.query(sql, params)).rows as Row[]
const count = async (sql: string) => (await query<{ n: number }>(`select count(*)::int n from ${sql}`))[0]?.n ?? 0
const deeds = (name: string) => book.filter((deed) => deed.name === name)

type Kept = { id: string; name: string; by: string; at: Date; outcome: string; code: string | null }
const kept = () =>
  query<Kept>('select id, name, member_id "by", occurred_at at, outcome, code from sync_mutations order by occurred_at')

describe('a week of a full-service restaurant, on two shared tablets and a phone, with a bad network', () => {
  test('is as much as a week is', async () => {
    const checklists = await count(
      `checklists where status <> 'withdrawn' and missed_at < '${new Date(end).toISOString()}'`,
    )
    const temperatures = await count('temperature_logs')
    const people = new Set(book.map(({ by }) => by)).size
    expect((deeds('tasks.create').length + checklists) / DAYS).toBeGreaterThan(75)
    expect(temperatures / DAYS).toBeGreaterThan(55)
    expect(people).toBeGreaterThanOrEqual(9)
    for (const { name, cuts } of devices) expect(cuts, name).toBeGreaterThan(5)
    expect(devices.reduce((lost, { lostAnswers }) => lost + lostAnswers, 0)).toBeGreaterThan(10)
    console.info(
      `${book.length} deeds of ${people} people: ${deeds('tasks.create').length} tasks, ${checklists} checklists, ` +
        `${temperatures} temperatures, ${taken.length} photos; ${devices.map(({ cuts }) => cuts).join(' + ')} cuts`,
    )
  })

  test('everything anybody did is on record once, as theirs, at its time', async () => {
    const records = new Map((await kept()).map((one) => [one.id, one]))
    expect(records.size).toBe(book.length)
    for (const { uid, by, at, name, device } of book) {
      const record = records.get(uid)
      expect(record, `${name} on ${device}`).toMatchObject({ by, name })
      expect(Math.abs((record?.at.getTime() ?? 0) - at), `${name} on ${device}`).toBeLessThan(2_000)
    }
  })

  test('nothing was refused but what two people really disagree about, and that is on their device’s list', async () => {
    const refused = (await kept()).filter(({ outcome }) => outcome === 'refused' || outcome === 'quarantined')
    expect(refused.map(({ name, code }) => `${name} ${code}`)).not.toContainEqual(
      expect.not.stringMatching(
        /^(checklists.answer checklists.signed|checklists.sign checklists.changed_since|temperature.close temperature.recheck_missing|tasks.comment not_found)$/,
      ),
    )
    const shown = (await Promise.all(devices.map(({ replica }) => replica.attention()))).flat()
    expect(shown.map(({ mutation }) => mutation.uid).sort()).toEqual(refused.map(({ id }) => id).sort())
    expect(refused.length).toBeLessThan(book.length / 33)
  })

  test('each answer and each temperature stands in its record', async () => {
    const applied = new Set((await kept()).filter(({ outcome }) => outcome === 'applied').map(({ id }) => id))
    const done = (name: string) => deeds(name).filter(({ uid }) => applied.has(uid))
    const ids = async (table: string) =>
      new Set((await query<{ id: string }>(`select id from ${table}`)).map(({ id }) => id))
    const [answers, logs] = [await ids('checklist_answers'), await ids('temperature_logs')]
    expect(answers).toEqual(new Set(done('checklists.answer').map(({ args }) => args.id)))
    for (const { args } of done('temperature.record')) expect(logs).toContain(args.id)
    const ofUnits = done('checklists.answer').filter(({ args }) => isReading(args.value))
    for (const { args } of ofUnits) expect(logs).toContain(args.id)
    expect(logs.size).toBe(ofUnits.length + done('temperature.record').length + deeds('temperature.recheck').length)
  })

  test('what was completed in time is completed, however late that was heard; only what nobody did is missed', async () => {
    const lists = await query<{ id: string; status: string; missed: boolean }>(
      `select id, status, missed_at < $1 missed from checklists where status <> 'withdrawn'`,
      [new Date(end)],
    )
    const counts = new Set((await kept()).filter(({ outcome }) => outcome === 'applied').map(({ id }) => id))
    const heard = book.filter(({ uid }) => counts.has(uid))
    const of = (some: Deed[]) => new Set(some.map(({ args }) => args.checklistId))
    const completed = of(heard.filter(({ name }) => name === 'checklists.complete' || name === 'checklists.sign'))
    const sentBack = of(heard.filter(({ args }) => args.meaning === 'rejected'))
    const begun = of(deeds('checklists.answer'))
    for (const { id, status, missed } of lists) {
      if (completed.has(id) && !sentBack.has(id)) expect(status, id).toBe('completed')
      else if (missed) expect(['missed', ...(sentBack.has(id) ? ['completed'] : [])], id).toContain(status)
    }
    expect(forgotten.size).toBeGreaterThan(0)
    for (const id of forgotten) expect(begun).not.toContain(id)
    const missed = lists.filter(({ status }) => status === 'missed')
    expect(missed.length).toBeGreaterThan(0)
    expect(missed.length).toBeLessThan(lists.length / 8)
  })

  test('no failing answer was forgotten: each that asked for work has its task', async () => {
    const done = await query<{ id: string }>(`select id from checklists where status = 'completed'`)
    let failing = 0
    for (const { id } of done) {
      const { body } = await place.gm(`GET /checklists/${id}`)
      const { form, answers } = body as { form: ChecklistForm; answers: Answer[] }
      const items = new Map(form.content.sections.flatMap(({ items }) => items).map((item) => [item.id, item]))
      for (const answer of standingAnswers(answers).values()) {
        if (answer.outcome === 'fail') failing += 1
        expect(becomesTask(items.get(answer.itemId) ?? null, answer), `${answer.id} has no task`).toBe(false)
      }
    }
    expect(failing).toBeGreaterThan(5)
  })

  test('every photo has arrived, and no device keeps one', async () => {
    const files = await query<{ id: string }>('select id from files')
    expect(new Set(files.map(({ id }) => id))).toEqual(new Set(taken))
    expect(taken.length).toBeGreaterThan(DAYS)
  })

  test('every device shows the same, and what the server has', async () => {
    const versionsOn = ({ replica }: Device) =>
      new Map([...replica.held().rows].map(([key, { version }]) => [key, version]))
    // The server's jobs go on meanwhile: what they write is on its way to each.
    await expect
      .poll(
        async () => {
          for (const device of devices) await device.sync()
          const held = devices.map(versionsOn)
          const keys = new Set(held.slice(0, 2).flatMap((versions) => [...versions.keys()]))
          return [...keys].filter((key) => new Set(held.map((versions) => versions.get(key))).size > 1)
        },
        { timeout: 30_000, interval: 500 },
      )
      .toEqual([])
  })
})

const isReading = (value: unknown) => {
  const { kind, unitId, logId } = value as { kind: string; unitId?: string; logId?: string }
  return kind === 'temperature' && unitId !== null && logId === null
}
