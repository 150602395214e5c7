import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Actor, can } from '../../actor.ts'
import { notFound, refuse } from '../../refusal.ts'
import { type DeviceTime, emptyCursor, type PullAnswer, type PushAnswer, type SentMutation } from '../../sync.ts'
import { type Ask, serveForTests } from '../http/serve.for-tests.ts'
import { openLog } from '../log.ts'
import { type TestDatabase, testDatabase } from '../postgres/for-tests.ts'
import { foundTenant, hire, type TestTenant } from '../postgres/tenant.for-tests.ts'
import { defineServerMutator, drainedClients, type SyncedEntity, syncImplementations } from '../sync.ts'
import { discardMutator, syncReviewImplementations } from '../sync-review.ts'
import { type Database, openDatabase, openPool, type ReadTx } from '../tenant.ts'
import type { SyncActors } from './actors.ts'

/** Tasks as the platform can know them without the capability that owns them. */
export const syncedTask: SyncedEntity = {
  name: 'task',
  permission: 'tasks.read',
  read: async (tx, ids) => {
    const rows = await tx.query<{ id: string; locationId: string; title: string; status: string }>(
      'select id, location_id as "locationId", title, status from tasks where id = any ($1::uuid[])',
      [ids],
    )
    return rows.map((row) => ({ id: row.id, scope: row.locationId, row }))
  },
  leaves: { afterDays: 14 },
}

const syncedLocation: SyncedEntity = {
  name: 'location',
  permission: 'tasks.read',
  read: async (tx, ids) => {
    const rows = await tx.query<{ id: string; name: string }>(
      'select id, name from locations where id = any ($1::uuid[])',
      [ids],
    )
    return rows.map((row) => ({ id: row.id, scope: row.id, row }))
  },
}

const placeOfTask = async (tx: ReadTx, id: string) =>
  (await tx.query<{ place: string }>('select location_id as place from tasks where id = $1', [id]))[0]?.place ?? null

const addTask = defineServerMutator({
  mutator: {
    name: 'test.add',
    version: 1,
    args: z.strictObject({ id: z.uuid(), locationId: z.uuid(), title: z.string().min(1) }),
  },
  permission: 'tasks.update',
  place: async (tx, { locationId }) =>
    (await tx.query<{ id: string }>('select id from locations where id = $1', [locationId]))[0]?.id ?? null,
  run: async (tx, { id, locationId, title }) => {
    await tx.query(
      `insert into tasks (id, location_id, title, task_type, cause_kind, cause_id, assigned_to)
       values ($1, $2, $3, 'other', 'test', $1, $4)`,
      [id, locationId, title, tx.actor.id],
    )
    return undefined
  },
})

/** Renames once more each time it runs: what ran twice is seen. */
const nameTask = defineServerMutator({
  mutator: {
    name: 'test.name',
    version: 2,
    args: z.strictObject({ id: z.uuid(), more: z.string() }),
  },
  permission: 'tasks.update',
  upgrade: ({ id, suffix }) => ({ id, more: suffix }),
  place: (tx, { id }) => placeOfTask(tx, id),
  run: async (tx, { id, more }) => {
    if (more === 'break') await tx.query('select 1 / 0')
    if (more === 'later') refuse('unavailable', 'test.later')
    // biome-ignore lint/suspicious/noExplicitAny: a mistake in a command
    if (more === 'bug') (undefined as any).noSuchThing()
    const [place] = await tx.query<{ locationId: string }>(
      'select location_id as "locationId" from tasks where id = $1',
      [id],
    )
    if (!place || !can(tx.actor, 'tasks.read', place.locationId)) notFound()
    await tx.query(`update tasks set status = 'in_progress' where id = $1`, [id])
    await tx.query(
      `insert into tasks (location_id, title, task_type, cause_kind, cause_id) values ($1, $2, 'other', 'named', $3)`,
      [place?.locationId, more, randomUUID()],
    )
    if (more === 'refuse') refuse('conflict', 'test.refused', { detail: 'No.' })
    return more === 'late'
      ? { outcome: 'superseded' as const, code: 'test.late', detail: 'Someone was first.' }
      : undefined
  },
})

export type SyncWorld = {
  test: TestDatabase
  database: Database
  admin: ReturnType<typeof openPool>
  home: TestTenant
  away: TestTenant
  ask: Ask
  /** People of a tablet at a location, by member id. */
  people: Map<string, Actor>
  close: () => Promise<void>
}

export const PERMISSIONS = ['tasks.read', 'tasks.update']

export async function openSyncWorld(): Promise<SyncWorld> {
  const test = await testDatabase()
  const database = openDatabase({ url: test.urls.app, contextKey: test.contextKey, poolSize: 8, prepared: true })
  const admin = openPool(test.admin, 4)
  const authPool = openPool(test.urls.auth, 2)
  const people = new Map<string, Actor>()
  const parts = {
    database,
    entities: [syncedTask, syncedLocation],
    mutators: [addTask, nameTask, discardMutator],
    actors: actorsFor(people),
    clientOf: drainedClients(authPool),
    secret: 'a secret of the tests',
    log: openLog('silent'),
  }
  const implementations = [...syncImplementations(parts), ...syncReviewImplementations(parts)]
  const { ask, close } = await serveForTests(implementations, database)
  return {
    test,
    database,
    admin,
    home: await foundTenant(database, 'Home'),
    away: await foundTenant(database, 'Away'),
    ask,
    people,
    close: async () => {
      await close()
      await Promise.all([database.close(), admin.end(), authPool.end()])
      await test.drop()
    },
  }
}

export { hire }

const isAtTablet = ({ kind, kioskId }: Actor) => kind === 'kiosk' || kioskId !== undefined

/** Tablets as the capability that owns them would answer, without their PINs. */
const actorsFor = (people: ReadonlyMap<string, Actor>): SyncActors => ({
  async reader(actor) {
    if (!isAtTablet(actor)) return actor
    const { kioskId, ...rest } = actor
    return {
      ...rest,
      kind: 'kiosk',
      id: kioskId ?? actor.id,
      permissions: new Map([['tasks.read', actor.locationIds]]),
    }
  },
  async doer(actor, { by }) {
    if (!isAtTablet(actor)) return { may: true, actor, proved: 'own' }
    if (by === null) return refuse('invalid', 'sync.by_missing')
    const person = people.get(by)
    return person
      ? { may: true, actor: person, proved: 'seat' }
      : { may: false, memberId: by, proved: 'tablet', code: 'kiosks.works_elsewhere', detail: 'Works elsewhere.' }
  },
})

/** A device that is always on time. */
export const clock = (): DeviceTime => ({
  at: new Date().toISOString(),
  zone: 'UTC',
  offsetMinutes: 0,
  session: SESSION,
  monotonicMs: performance.now(),
  anchor: null,
  offsetMs: null,
})
const SESSION = randomUUID()

/** The least a device does: it numbers, sends, pulls and keeps rows. What the real engine does is proved with it. */
export class Device {
  readonly clientId = randomUUID()
  readonly rows = new Map<string, { scope: string; version: number; row: Record<string, unknown> }>()
  cursor: PullAnswer['cursor'] = emptyCursor
  drainKey: string | null = null
  follow: string[] | undefined
  mid = 0
  readonly #ask: Ask
  readonly #actor: Actor

  constructor(ask: Ask, actor: Actor) {
    this.#ask = ask
    this.#actor = actor
  }

  mutation(name: string, args: Record<string, unknown>, more: Partial<SentMutation> = {}): SentMutation {
    return { mid: ++this.mid, uid: randomUUID(), name, version: 1, args, device: clock(), by: null, ...more }
  }

  async push(mutations: SentMutation[], actor = this.#actor) {
    const body = { clientId: this.clientId, sent: clock(), mutations }
    const answer = await this.#ask(actor, 'POST /sync/push', body)
    return {
      status: answer.status,
      body: answer.body as PushAnswer & { code?: string; errors?: { message: string }[] },
    }
  }

  async pullPage(actor = this.#actor): Promise<PullAnswer> {
    const { clientId, cursor, follow } = this
    const { status, body } = await this.#ask(actor, 'POST /sync/pull', { clientId, cursor, ...(follow && { follow }) })
    if (status !== 200) throw new Error(`${status} ${body.code}`)
    const page = body as PullAnswer
    this.drainKey ??= page.drainKey
    for (const [key, { scope }] of this.rows) {
      const isVoid = page.reset || page.resetScopes.includes(scope) || page.cursor.scopes[scope] === undefined
      if (isVoid) this.rows.delete(key)
    }
    for (const { entity, id, scope, version, row } of page.changes) {
      const key = `${entity} ${id}`
      if (row) this.rows.set(key, { scope, version, row })
      else if (this.rows.get(key)?.scope === scope) this.rows.delete(key)
    }
    this.cursor = page.cursor
    return page
  }

  /** To the end. Answers every page. */
  async pull(actor = this.#actor): Promise<PullAnswer[]> {
    const pages: PullAnswer[] = []
    do pages.push(await this.pullPage(actor))
    while (pages.at(-1)?.more)
    return pages
  }

  titles(): string[] {
    return [...this.rows.values()].flatMap(({ row }) => (typeof row.title === 'string' ? [row.title] : [])).sort()
  }
}
