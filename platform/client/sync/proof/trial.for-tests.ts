import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type pg from 'pg'
import type { Actor } from '../../../actor.ts'
import { verifiedText } from '../../../sync.ts'
import { openReplica } from '../open-replica.ts'
import { type Backup, type Fault, TrialDevice, type Wrapped } from './trial-device.for-tests.ts'
import { addTo, finishTask, trialEntities, writeLine } from './trial-rows.for-tests.ts'
import { type Plot, type TrialServer, worker } from './trial-server.for-tests.ts'

export type Step =
  | {
      do: 'record'
      device: number
      kind: 'add' | 'write' | 'finish'
      which: number
      killed?: 'before' | 'after' | undefined
    }
  | { do: 'sync'; device: number; fault: Fault }
  | { do: 'arrive late'; device: number }
  | { do: 'set clock'; device: number; seconds: number }
  | { do: 'member'; device: number; isThere: boolean }
  | { do: 'move' | 'remove'; which: number }
  | { do: 'slow write' | 'commit it' | 'back up device' | 'restore on another' | 'back up server' | 'restore server' }

const device = fc.nat(2)
const which = fc.nat(2)
const killedAt = fc.record({ killedAt: fc.nat(6), isCommitted: fc.boolean() })
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fault>('none') },
  { weight: 4, arbitrary: fc.constantFrom<Fault>('request lost', 'answer lost', 'twice', 'signed_out') },
  { weight: 4, arbitrary: killedAt },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      device,
      kind: fc.constantFrom('add' as const, 'write' as const, 'write' as const, 'finish' as const),
      which,
      killed: fc.oneof(
        { weight: 8, arbitrary: fc.constant(undefined) },
        fc.constantFrom('before' as const, 'after' as const),
      ),
    }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('sync' as const), device, fault }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('arrive late' as const), device }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('set clock' as const),
      device,
      seconds: fc.integer({ min: -86_400, max: 86_400 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('member' as const), device, isThere: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('move' as const, 'remove' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'slow write' as const,
        'commit it' as const,
        'back up device' as const,
        'restore on another' as const,
        'back up server' as const,
        'restore server' as const,
      ),
    }),
  },
)
/** A story of up to forty things that go wrong or right. */
export const stories = fc.array(step, { minLength: 5, maxLength: 40 })

const sync = (device: number, fault: Fault = 'none'): Step => ({ do: 'sync', device, fault })
const write = (device: number, which = 0): Step => ({ do: 'record', device, kind: 'write', which })
const finish = (device: number, which = 0): Step => ({ do: 'record', device, kind: 'finish', which })
const setClock = (device: number, seconds: number): Step => ({ do: 'set clock', device, seconds })

/** Each the shortest that shows one kind of mistake. Told first, before those that chance makes. */
export const tellingStories: [Step[]][] = [
  [[write(0), sync(0), { do: 'back up server' }, write(0), sync(0), { do: 'restore server' }, sync(0)]],
  [[write(0), sync(0, 'signed_out')]],
  [[finish(0), sync(0), finish(1), sync(1, 'answer lost'), sync(1), sync(1)]],
  [[write(0, 2), sync(0), { do: 'member', device: 0, isThere: false }, sync(0)]],
  [[sync(1), write(0), sync(0), { do: 'slow write' }, sync(1), { do: 'commit it' }, sync(1)]],
  [
    [
      write(0),
      { do: 'back up device' },
      write(0),
      sync(0),
      { do: 'restore on another' },
      write(2),
      sync(2),
      write(0),
      sync(0),
    ],
  ],
  [[setClock(0, 80_000), write(0), setClock(0, -80_000), write(0), sync(0)]],
  [[sync(0), sync(1), { do: 'remove', which: 0 }, { do: 'move', which: 1 }, sync(0), sync(1)]],
  [[write(0), sync(0, { killedAt: 1, isCommitted: false }), write(0), sync(0, 'answer lost'), sync(0)]],
]

export type Trial = {
  server: TrialServer
  people: readonly [Actor, Actor]
  open?: typeof openReplica
  /** Between device and server: where a fault of the server is put in on purpose. */
  wrap?: Wrapped
}

export const trialPeople = async (server: TrialServer): Promise<[Actor, Actor]> => [
  await worker(server, 'Ana'),
  await worker(server, 'Ben'),
]

/** Lives through the story, heals, and compares everything with everything. Throws what is not as it must be. */
export async function liveThrough(trial: Trial, story: readonly Step[]): Promise<void> {
  const world = await World.begin(trial)
  try {
    for (const step of story) await world.take(step)
    await world.heal()
    await world.compare()
  } finally {
    await world.end()
  }
}

type Known = { id: string; name: string; outcome: string; args: { id: string; n: number } }

/** Devices, people and a server, and everything that can be compared of them. */
export class World {
  readonly #trial: Trial
  readonly #plot: Plot
  readonly #devices: TrialDevice[] = []
  readonly #clientIds = new Set<string>()
  #slow: pg.PoolClient | undefined
  #deviceBackup: Backup | undefined
  #serverBackup: Map<string, unknown[]> | undefined

  private constructor(trial: Trial, plot: Plot) {
    this.#trial = trial
    this.#plot = plot
  }

  static async begin(trial: Trial) {
    const world = new World(trial, await trial.server.plot())
    await world.#open(0, 'IndexedDB')
    await world.#open(1, 'SQLite')
    return world
  }

  async #open(person: 0 | 1, kind: 'IndexedDB' | 'SQLite', backup?: Backup) {
    const { server, people, open = openReplica, wrap = (transport) => transport } = this.#trial
    const places = this.#devices[person]?.places ?? this.#plot.places
    const parts = { server, person: people[person], places, clientIds: this.#clientIds, open, wrap }
    this.#devices.push(await new TrialDevice(parts).begin(kind, backup))
  }

  async take(step: Step) {
    const { server } = this.#trial
    const [here, there] = this.#plot.places
    const device = this.#devices['device' in step ? step.device % this.#devices.length : 0] as TrialDevice
    const task = this.#plot.tasks['which' in step ? step.which : 0] ?? ''
    switch (step.do) {
      case 'record': {
        if (step.kind === 'add') return device.record(addTo, { id: this.#plot.counter, n: step.which + 1 }, step.killed)
        if (step.kind === 'finish') return device.record(finishTask, { id: task }, step.killed)
        const line = { id: randomUUID(), locationId: step.which === 2 ? there : here, text: 'line' }
        return device.record(writeLine, line, step.killed)
      }
      case 'sync':
        return device.sync(step.fault)
      case 'arrive late':
        if (device.lastPush) await server.push(device.actor, device.lastPush).catch(() => undefined)
        return
      case 'set clock':
        device.skewMs = step.seconds * 1000
        return
      case 'member':
        for (const one of this.#devices)
          if (one.actor.id === device.actor.id) one.places = step.isThere ? [here, there] : [here]
        return
      case 'move':
        await server.rows(
          'update trial_tasks set location_id = case location_id when $2 then $3 else $2::uuid end where id = $1',
          [task, here, there],
        )
        return
      case 'remove':
        await server.rows('delete from trial_tasks where id = $1', [task])
        return
      case 'slow write':
        return this.#writeSlowly()
      case 'commit it':
        return this.#commitIt()
      case 'back up device':
        this.#deviceBackup = await (this.#devices[0] as TrialDevice).backUp()
        return
      case 'restore on another':
        if (this.#deviceBackup && this.#devices.length < 3) await this.#open(0, 'SQLite', this.#deviceBackup)
        return
      case 'back up server':
        this.#serverBackup = await this.#backUpServer()
        return
      case 'restore server':
        if (this.#serverBackup) await this.#restoreServer(this.#serverBackup)
    }
  }

  /** A transaction that began before others and commits after them. */
  async #writeSlowly() {
    if (this.#slow) return
    const { server } = this.#trial
    this.#slow = await server.admin.connect()
    await this.#slow.query('begin')
    await this.#slow.query(
      `insert into trial_lines (tenant_id, id, location_id, text, member_id) values ($1, $2, $3, 'slow', $2)`,
      [server.tenant.tenantId, randomUUID(), this.#plot.places[0]],
    )
  }

  async #commitIt() {
    await this.#slow?.query('commit')
    this.#slow?.release()
    this.#slow = undefined
  }

  #tables(): [string, string, unknown][] {
    const { places } = this.#plot
    return [
      ...['trial_counters', 'trial_lines', 'trial_tasks'].map((table): [string, string, unknown] => [
        table,
        'location_id',
        places,
      ]),
      ['scopes', 'id', places],
      ['sync_changes', 'scope_id', places],
      ['facts', 'scope_id', places],
      ['sync_mutations', 'client_id', [...this.#clientIds]],
      ['sync_clients', 'id', [...this.#clientIds]],
    ]
  }

  async #backUpServer() {
    const backup = new Map<string, unknown[]>()
    for (const [table, column, ids] of this.#tables()) {
      const sql = `select to_jsonb(t) as row from ${table} t where ${column} = any ($1)`
      backup.set(
        table,
        (await this.#trial.server.rows<{ row: unknown }>(sql, [ids])).map(({ row }) => row),
      )
    }
    return backup
  }

  /** As a restore to a point in time leaves it: everything since is gone, and the database knows that it is another life. */
  async #restoreServer(backup: Map<string, unknown[]>) {
    await this.#commitIt()
    const client = await this.#trial.server.admin.connect()
    try {
      await client.query(`begin; set local session_replication_role = replica`)
      for (const [table, column, ids] of this.#tables()) {
        await client.query(`delete from ${table} where ${column} = any ($1)`, [ids])
        const sql = `insert into ${table} overriding system value select * from jsonb_populate_recordset(null::${table}, $1)`
        await client.query(sql, [JSON.stringify(backup.get(table))])
      }
      await client.query('select app.new_sync_epoch(); commit')
    } finally {
      client.release()
    }
  }

  async heal() {
    await this.#commitIt()
    for (let round = 0; round < 3; round++) for (const device of this.#devices) await device.sync()
  }

  async compare() {
    const recorded = [...new Set(this.#devices.flatMap((device) => device.recorded))]
    const known = await this.#known(recorded)
    const outcomes = new Map(known.map((one) => [one.id, one]))
    assert.deepEqual(
      recorded.filter((uid) => !outcomes.has(uid)),
      [],
      'nothing recorded is lost',
    )
    await this.#compareEffects(known)
    for (const device of this.#devices) {
      await this.#compareOrder(device)
      await this.#compareRows(device)
      const undone = device.recorded.filter((uid) => /refused|quarantined/.test(outcomes.get(uid)?.outcome ?? ''))
      const listed = (await device.replica.attention()).map(({ mutation }) => mutation.uid)
      assert.deepEqual(listed.sort(), undone.sort(), 'whatever was not done is on the device’s list')
      assert.equal(device.replica.status.unsent, 0, 'nothing waits')
    }
  }

  #known = (uids: string[]) =>
    this.#trial.server.rows<Known>(
      'select id, name, outcome, args from sync_mutations where client_id = any ($2) or id = any ($1)',
      [uids, [...this.#clientIds]],
    )

  async #compareEffects(known: readonly Known[]) {
    const { rows } = this.#trial.server
    const applied = known.filter(({ outcome }) => outcome === 'applied')
    const sum = applied.filter(({ name }) => name === addTo.name).reduce((total, { args }) => total + args.n, 0)
    const [counter] = await rows<{ value: number }>('select value from trial_counters where id = $1', [
      this.#plot.counter,
    ])
    assert.equal(counter?.value, sum, 'each was counted once')
    const lines = await rows<{ id: string }>(
      `select id from trial_lines where location_id = any ($1) and text = 'line'`,
      [this.#plot.places],
    )
    const written = applied.filter(({ name }) => name === writeLine.name).map(({ args }) => args.id)
    assert.deepEqual(lines.map(({ id }) => id).sort(), written.sort(), 'each line was written once')
  }

  async #compareOrder(device: TrialDevice) {
    const ran = await this.#trial.server.rows<{ uid: string }>(
      `select m.id as uid from sync_mutations m join trial_lines l on l.id = (m.args ->> 'id')::uuid
        where m.id = any ($1) and m.name = $2 order by l.seq`,
      [device.recorded, writeLine.name],
    )
    const uids = ran.map(({ uid }) => uid)
    const isRan = new Set(uids)
    assert.deepEqual(
      uids,
      device.recorded.filter((uid) => isRan.has(uid)),
      'a device’s work ran in its order',
    )
  }

  async #compareRows(device: TrialDevice) {
    const { server } = this.#trial
    const { cursor, rows } = device.replica.held()
    const { scopes } = await server.verify(device.actor, cursor)
    assert.deepEqual(
      Object.keys(cursor.scopes).sort(),
      [...device.places].sort(),
      'it follows its places and no others',
    )
    const held = [...rows].map(([key, { scope, version }]) => {
      const [entity = '', id = ''] = key.split('/')
      return { entity, id, scope, version }
    })
    for (const { scope, sha256 } of scopes) {
      const text = verifiedText(held.filter((row) => row.scope === scope))
      assert.equal(createHash('sha256').update(text).digest('hex'), sha256, 'its rows are the server’s')
    }
    for (const { name, read } of trialEntities) {
      const shown = device.replica.rows(name)
      const ids = (
        await server.rows<{ id: string }>(`select id from trial_${name}s where location_id = any ($1)`, [device.places])
      ).map(({ id }) => id)
      const theirs = await server.database.read(device.actor, (tx) => read(tx, ids))
      const byId = (all: readonly object[]) =>
        JSON.parse(JSON.stringify(all)).sort((a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1))
      assert.deepEqual(byId(shown), byId(theirs.map(({ row }) => row)), `it shows each ${name} as the server has it`)
    }
  }

  async end() {
    await this.#commitIt()
    for (const device of this.#devices) await device.close()
  }
}
