import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledgered, manifest } from '../../../db/manifest.ts'
import { systemActor } from '../../actor.ts'
import { readHead, readNote } from '../../signed-note.ts'
import { type LedgerWorld, ledgerWorld } from './ledger.for-tests.ts'
import { ledgerKey } from './node-ground.ts'
import { sealAll, sealAndPublish } from './seal.ts'
import { giveOver, installLedgerKey } from './store-keys.ts'

let world: LedgerWorld

beforeAll(async () => {
  world = await ledgerWorld()
})
afterAll(() => world.close())

const actor = () => systemActor(world.tenant.tenantId, world.tenant.organizationId, 'test')
const newTask = (title: string, location = 0) =>
  world.database.write(actor(), async (tx) => {
    const [task] = await tx.query<{ id: string }>(
      `insert into tasks (location_id, title, task_type, priority, cause_kind, cause_id) values ($1, $2, 'cleaning', 'medium', 'manual', uuidv7()) returning id`,
      [world.tenant.locations[location], title],
    )
    return task?.id ?? ''
  })

describe('every table of records is stamped', () => {
  test('the manifest says of each tenant table what the log does with it', async () => {
    const tables = Object.keys(manifest).filter((name) => manifest[name] === 'tenant')
    const missing = tables.map((name) => name.replace('public.', '')).filter((name) => !(name in ledgered))
    expect(
      missing,
      `Say in db/manifest.ts (ledgered) whether these are evidence: 'record', and in the table's migration select app.ledger('…'); — or { none: why it proves nothing }.`,
    ).toEqual([])
    expect(Object.keys(ledgered).filter((name) => !tables.includes(`public.${name}`))).toEqual([])
  })

  test('its triggers are there and on, and nothing else is', async () => {
    const { rows } = await world.admin.query<{ source: string; triggers: string[] }>(
      `select c.relname as source, array_agg(t.tgname::text order by t.tgname) as triggers from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where t.tgname ~ '^ledger_' and t.tgenabled = 'O' and t.tgfoid = to_regproc('app.ledger_' || c.relname) group by 1`,
    )
    const stamped = new Map(rows.map(({ source, triggers }) => [source, triggers]))
    const lacking = Object.entries(ledgered)
      .filter(([name, what]) => (typeof what === 'object') === stamped.has(name))
      .map(([name, what]) =>
        typeof what === 'object'
          ? `${name} is stamped, and db/manifest.ts says none`
          : `${name}: add select app.ledger('${name}'${what === 'batch' ? ', in_batches => true' : ''}); to its migration`,
      )
    expect(lacking).toEqual([])
    for (const [name, triggers] of stamped) {
      expect(triggers, name).toEqual(['ledger_delete', 'ledger_insert', 'ledger_update'])
    }
  })

  test('its digest is made of every column it has', async () => {
    const { rows } = await world.admin.query<{ lacking: string }>(
      `select format('%s has columns its form does not know (%s): call select app.ledger(%L) again in the migration that adds them, with named_out as it was',
                     f.source, string_agg(a.attname, ', '), f.source) as lacking
         from (select distinct on (source) * from ledger_forms order by source, form desc) f
         join pg_attribute a on a.attrelid = ('public.' || f.source)::regclass and a.attnum > 0 and not a.attisdropped
        where a.attname <> 'tenant_id' and a.attname <> all (f.columns) and a.attname <> all (f.left_out) group by f.source`,
    )
    expect(rows.map(({ lacking }) => lacking)).toEqual([])
  })
})

describe('what the log writes down', () => {
  test('a change says who, what was before and after, and links up', async () => {
    const id = await newTask('Wipe the counter')
    await world.database.write(actor(), (tx) => tx.query(`update tasks set status = 'in_progress' where id = $1`, [id]))
    await world.database.write(actor(), (tx) => tx.query(`update tasks set status = 'in_progress' where id = $1`, [id]))
    const { rows } = await world.admin.query(
      'select op, actor, before, after, nonce from ledger_unsealed where row_key = $1 order by n',
      [id],
    )
    expect(rows.map(({ op, actor: who }) => [op, who])).toEqual([
      ['insert', 'system:test'],
      ['update', 'system:test'], // the second one changed nothing
    ])
    expect(rows[1].before).toEqual(rows[0].after)
    expect(rows[1].after).not.toEqual(rows[0].after)
  })

  test('the runtime role can neither write, change nor remove a line of it', async () => {
    const asked = [
      `insert into ledger_unsealed (source, row_key, op, form, actor) values ('tasks', 'x', 'insert', 1, 'me')`,
      `update ledger_unsealed set actor = 'me'`,
      'delete from ledger_unsealed',
      'delete from ledger_events',
      `update ledger_events set actor = 'me'`,
      `insert into ledger_heads (size, at, note) values (1, now(), 'x')`,
      'select n from ledger_unsealed',
    ]
    for (const sql of asked) {
      await expect(
        world.database.write(actor(), (tx) => tx.query(sql)),
        sql,
      ).rejects.toThrow('permission denied')
    }
  })

  test('a column that is added later leaves what was recorded before as it was', async () => {
    const id = await newTask('Before the column')
    await world.seal()
    await world.admin.query(
      `set role opsflow_owner; alter table tasks add column shade text not null default 'grey'; grant select (shade) on tasks to opsflow_app; select app.ledger('tasks'); reset role`,
    )
    expect((await world.check(await world.export({ source: 'tasks' }))).wrong).toEqual([])
    await world.database.write(actor(), (tx) => tx.query(`update tasks set status = 'in_progress' where id = $1`, [id]))
    await newTask('After the column')
    await world.seal()
    const checked = await world.check(await world.export({ source: 'tasks' }))
    expect(checked.wrong).toEqual([])
    expect(checked.unsealed).toBe(0)
  })
})

describe('an export', () => {
  test('of everything, of a place and of a kind is whole, and says what it proves', async () => {
    await newTask('Here', 0)
    await newTask('There', 1)
    await world.seal()
    await newTask('Not sealed yet', 0)
    const whole = await world.check(await world.export())
    expect(whole.wrong).toEqual([])
    expect(whole).toMatchObject({ elsewhere: 0, unsealed: 1, from: 0 })
    expect(whole.records).toBeGreaterThan(5)
    const place = await world.check(await world.export({ locationId: world.tenant.locations[0] }))
    expect(place.wrong).toEqual([])
    expect(place.elsewhere).toBeGreaterThan(0)
    const later = await world.check(await world.export({ source: 'tasks', since: new Date().toISOString() }))
    expect(later.wrong).toEqual([])
    expect(later.from).toBe(later.size - 1)
  })

  test('what is left out of it and belongs into it is found', async () => {
    await world.seal()
    const lines = await world.export({ source: 'tasks' })
    const at = lines.findIndex((line) => line.startsWith('{"event"'))
    const [source, location, body] = JSON.parse(lines[at] ?? '').event
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(body))).toString('hex')
    const hidden = lines.with(at, JSON.stringify({ elsewhere: [source, location, hash] }))
    expect((await world.check(hidden)).wrong[0]).toMatch(/belongs into this export and is left out/)
    const without = (await world.check(lines.toSpliced(at, 1))).wrong
    expect(without.some((sentence) => /are not those that were sealed/.test(sentence))).toBe(true)
    expect((await world.check(lines.slice(0, -1))).wrong).toContain('The end of the file is missing.')
  })

  test('heads follow each other, and each is signed', async () => {
    await newTask('One more')
    await world.seal()
    const { rows } = await world.admin.query<{ note: string }>('select note from ledger_heads order by size')
    const heads = rows.map(({ note }) => readHead(readNote(note)?.text ?? ''))
    expect(heads.length).toBeGreaterThan(2)
    expect(heads[0]?.previous).toBe('-')
    expect(new Set(heads.map((head) => head?.previous)).size).toBe(heads.length)
  })
})

describe('heads and keys', () => {
  const silent = { warn: () => undefined, error: () => undefined }

  test('the last head lies in the file storage under names that stay', async () => {
    await newTask('To be published')
    const stored = new Map<string, string>()
    const storage = {
      put: async (key: string, bytes: Uint8Array) => void stored.set(key, Buffer.from(bytes).toString()),
    }
    await sealAndPublish({ pool: world.sealers, key: world.key, storage, log: silent })
    const { rows } = await world.admin.query(
      `select h.note, l.log_id as id, to_char(h.at at time zone 'UTC', 'YYYY-MM-DD') as day from ledger_heads h join ledger_logs l using (tenant_id, size)`,
    )
    const [{ note, id, day }] = rows
    expect(Object.fromEntries(stored)).toEqual({ [`l/${id}/head`]: note, [`l/${id}/${day}`]: note })
  })

  test('a key gives over to the next one, which alone seals from then on', async () => {
    const { urls } = world.test
    const next = ledgerKey(Buffer.alloc(32, 8))
    await expect(installLedgerKey(urls.owner, next)).rejects.toThrow('Put back the key of before')
    await expect(giveOver(urls.owner, next, next)).rejects.toThrow('only it can vouch')
    await giveOver(urls.owner, world.key, next)
    await newTask('Under the new key')
    await expect(world.seal()).rejects.toThrow('start it anew')
    expect(await sealAll({ pool: world.sealers, key: next, log: silent })).toBe(1)
    const lines = await world.export()
    const checked = await world.check(lines)
    expect(checked.wrong).toEqual([])
    expect(checked.keys).toEqual([world.key.verifier.text, next.verifier.text])
    // Who has the old key only cannot sign what came after it.
    const last = lines.findLastIndex((line) => line.startsWith('{"head"'))
    const text = readNote(JSON.parse(lines[last] ?? '').head)?.text ?? ''
    const forged = await world.check(lines.with(last, JSON.stringify({ head: world.key.sign(text) })))
    expect(forged.wrong[0]).toMatch(/a key that was not in force then/)
    await expect(installLedgerKey(urls.owner, next)).resolves.toBeUndefined()
  })
})
