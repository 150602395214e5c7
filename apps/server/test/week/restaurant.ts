import { type LibraryTemplates, lookAfterSchedules, publishLibrary } from '@opsflow/capabilities/checklists/server'
import { systemActor } from '@opsflow/platform/actor'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { type Ask, startProduct } from '../product.ts'

const UNITS = [
  ['Walk-in cooler', 'walk_in_cooler'],
  ['Walk-in freezer', 'walk_in_freezer'],
  ['Reach-in 1', 'reach_in'],
  ['Reach-in 2', 'reach_in'],
  ['Prep top', 'prep_rail'],
  ['Bar cooler', 'reach_in'],
] as const
/** Those who have no e-mail and work on the shared tablets. */
const CREW = ['Ana', 'Ben', 'Cleo', 'Dev', 'Eli', 'Faye', 'Gus', 'Hana', 'Ivo', 'June', 'Kai', 'Lena', 'Milo'] as const
export const PIN = '402957'

type Times = { visible: number; late: number; missed: number }
const unhurried: Times = { visible: 90, late: 45, missed: 180 }
const prompt: Times = { visible: 45, late: 30, missed: 100 }
/** What a full-service restaurant does in a day, by the library's keys. Twenty-odd checklists. */
const DAY: readonly [key: string, at: readonly string[], times: Times][] = [
  ['opening.full_service', ['09:30'], unhurried],
  ['receiving', ['10:00'], unhurried],
  ['date_marks', ['10:15'], unhurried],
  ['probe_check', ['09:45'], unhurried],
  ['line_check.full_service', ['10:45', '16:30'], prompt],
  ['hot_hold', ['11:30', '13:30', '15:30', '17:30', '19:30', '21:30'], prompt],
  ['sanitiser', ['11:00', '15:00', '19:00'], prompt],
  ['cooling', ['15:15', '22:15'], unhurried],
  ['managers_walk.full_service', ['11:45', '18:00'], unhurried],
  ['cleaning', ['21:45'], unhurried],
  ['closing.full_service', ['22:45'], { visible: 90, late: 60, missed: 150 }],
]

export type Person = { id: string; name: string; pinSetAt: string | null }
export type Restaurant = Awaited<ReturnType<typeof openRestaurant>>

/** A full-service restaurant from nothing: people, two enrolled tablets, equipment, the library's checklists, schedules. */
export async function openRestaurant(from: string) {
  const product = await startProduct()
  const gm = await product.found({
    organizationName: 'Juniper Table',
    locationName: 'Juniper Table',
    name: 'Greta',
    email: 'greta@example.com',
  })
  const { body: session } = await gm.ask('GET /session')
  const locationId: string = session.locations[0].id
  const mona = await product.hire(session, 'Mona', [{ role: 'org:manager', locationId }])
  const manager: Person = { ...(await mona.ask('GET /session')).body.member, pinSetAt: null }
  const tablets = [await enrol(gm.ask, locationId, 'Line'), await enrol(gm.ask, locationId, 'Pass')] as const
  for (const name of CREW) {
    const id = await product.takeOn(session, name, [{ role: 'org:member', locationId }])
    const { body: given } = await gm.ask(`POST /members/${id}/temporary-pin`)
    await tablets[0].ask('POST /kiosk-session', { memberId: id, pin: given.pin })
    await tablets[0].ask('PUT /pin', { pin: PIN, currentPin: given.pin })
  }
  await tablets[0].ask('DELETE /kiosk-session')
  for (const [name, kind] of UNITS) must(201, await gm.ask('POST /units', { locationId, name, kind }))

  const system = systemActor(session.tenant.id, session.organization.id, 'week')
  const templates = await product.beside(({ tenants }) =>
    tenants.write(system, (tx) => publishLibrary(tx, new Set(['full_service']), 'en')),
  )
  for (const one of DAY) must(201, await gm.ask('POST /checklist-schedules', scheduleOf(one, templates, from)))

  const { body: lobby } = await tablets[0].ask('GET /kiosk')
  const crew: Person[] = lobby.staff.filter(({ name }: Person) => (CREW as readonly string[]).includes(name))
  const database = openDatabase({ url: product.urls.app, contextKey: product.contextKey, poolSize: 2, prepared: true })
  const relayPool = openPool(product.urls.relay, 1)
  const rows = openPool(product.adminUrl, 2)
  return {
    ...{ locationId, organizationId: session.organization.id as string, gm: gm.ask, mona, manager, crew, rows },
    tablets,
    /** What the server does by itself every few seconds: schedules become checklists, what is over is closed. */
    minute: () => lookAfterSchedules({ database, relayPool }),
    async close() {
      await Promise.all([database.close(), relayPool.end(), rows.end()])
      await product.stop()
    },
  }

  async function enrol(ask: Ask, at: string, name: string) {
    const made = must(201, await ask('POST /kiosks', { locationId: at, name }))
    const tablet = product.browser()
    must(201, await tablet.ask('POST /kiosk-enrolments', { code: made.enrolment.code }))
    return { id: made.id as string, name, ...tablet }
  }
}

const scheduleOf = (
  [key, at, { visible, late, missed }]: (typeof DAY)[number],
  templates: LibraryTemplates,
  from: string,
) => ({
  templateId: templates.get(key),
  name: key,
  timing: {
    recurrence: { every: 'day' },
    slots: at.map((time) => ({ by: 'clock', at: time })),
    visibleMinutesBefore: visible,
    lateMinutesAfter: late,
    missedMinutesAfter: missed,
    from,
    onClosedDays: 'keep',
  },
})

function must(status: number, answer: Awaited<ReturnType<Ask>>) {
  if (answer.status !== status) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
