import { randomUUID } from 'node:crypto'
import type { Actor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { removeLeavings } from '@opsflow/platform/server/files/leavings'
import { photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { bucketForTests } from '@opsflow/platform/server/files/s3.for-tests'
import { s3Storage } from '@opsflow/platform/server/files/s3-storage'
import { type FileStorage, keptKey } from '@opsflow/platform/server/files/storage'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { openDatabase, openPool } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { templateImplementations } from '../templates/http.ts'
import { addPicture } from './add-picture.ts'
import { forgetPictures } from './forget-pictures.ts'
import { isPicture } from './store.ts'

const DAY = 86_400_000
let world: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  world = await open()
})
beforeEach(() => world.empty())
afterAll(() => world.close())

type Named = { id: string; sha256: string }

const draft = (picture: Named | null) => ({
  sections: [{ id: randomUUID(), title: '', items: [{ kind: 'instruction', id: randomUUID(), label: 'So', picture }] }],
})

async function templateShowing(picture: Named | null) {
  const made = await world.ask(world.chief, 'POST /checklist-templates', {
    ...{ name: `Opening ${randomUUID()}`, category: 'opening', draft: draft(picture) },
  })
  expect(made.status).toBe(201)
  return made.body as { id: string; revision: number }
}

const publish = async ({ id, revision }: { id: string; revision: number }) =>
  (await world.ask(world.chief, `POST /checklist-templates/${id}/publications`, { revision })).body
const show = async ({ id, revision }: { id: string; revision: number }, picture: Named | null) =>
  (await world.ask(world.chief, `PATCH /checklist-templates/${id}`, { revision, draft: draft(picture) })).body

/** What the job does on that day from now. */
async function onDay(day: number, storage: Pick<FileStorage, 'remove'> = world.storage) {
  const now = Date.now() + day * DAY
  await forgetPictures(world, world.relay, now)
  await removeLeavings({ database: world.database, storage, isUsed: isPicture }, world.relay, now)
}

const is404 = async (picture: Named) =>
  (await world.ask(world.chief, `GET /checklist-pictures/${picture.id}`)).status === 404

test('a picture that nothing shows is found, waits a month, and goes: its row, then its bytes, and its room is free', async () => {
  const before = await world.used()
  const picture = await world.picture()
  const bytes = await world.bytesOf(picture)
  await onDay(29)
  await onDay(31)
  await onDay(60)
  expect(await is404(picture)).toBe(false)
  await onDay(62)
  expect(await is404(picture)).toBe(true)
  expect(await world.here(bytes)).toEqual([true, true])
  await onDay(64)
  expect(await world.here(bytes)).toEqual([false, false])
  expect(await world.used()).toEqual(before)
  await onDay(70)
  expect(await world.left()).toBe(0)
})

test('out of a bucket it goes as out of a folder, and what others keep under the same hash stays', async () => {
  const account = { region: 'us-east-1', accessKeyId: 'AKIAOPSFLOW', secretAccessKey: 'a secret' }
  const { endpoint, close } = await bucketForTests('photos', account)
  const bucket = s3Storage({ ...account, endpoint, bucket: 'photos' })
  const picture = await world.picture()
  const hashes = await world.bytesOf(picture)
  const ours = hashes.map((hash) => keptKey(world.chief.tenantId, hash))
  const theirs = hashes.map((hash) => keptKey(world.stranger.tenantId, hash))
  for (const key of [...ours, ...theirs]) await bucket.put(key, Buffer.from(key))
  const here = (keys: string[]) => Promise.all(keys.map(async (key) => (await bucket.get(key)) !== undefined))
  for (const day of [31, 62]) await onDay(day, bucket)
  expect(await here(ours)).toEqual([true, true])
  await onDay(64, bucket)
  expect(await here(ours)).toEqual([false, false])
  expect(await here(theirs)).toEqual([true, true])
  bucket.close()
  close()
})

test('what a draft shows stays, and so does what any version ever showed: records are made of it', async () => {
  const [drafted, published, past] = [await world.picture(), await world.picture(), await world.picture()]
  await templateShowing(drafted)
  await publish(await templateShowing(published))
  const was = await publish(await templateShowing(past))
  await publish(await show(was, null))
  for (const day of [31, 62, 93, 124, 155]) await onDay(day)
  for (const picture of [drafted, published, past]) {
    expect(await is404(picture)).toBe(false)
    expect(await world.here(await world.bytesOf(picture))).toEqual([true, true])
  }
})

test('shown again within the month it stays; taken out again it has a month of its own', async () => {
  const picture = await world.picture()
  await onDay(31)
  const template = await templateShowing(picture)
  await onDay(62)
  expect(await is404(picture)).toBe(false)
  await show(template, null)
  await onDay(93)
  await onDay(94)
  expect(await is404(picture)).toBe(false)
  await onDay(124)
  expect(await is404(picture)).toBe(true)
})

test('killed between the row and the bytes, or between the bytes and what says they are gone: the next time it goes on', async () => {
  const picture = await world.picture()
  const bytes = await world.bytesOf(picture)
  await onDay(31)
  await onDay(62)
  expect(await is404(picture)).toBe(true)
  const dead = { remove: async () => Promise.reject(new Error('killed')) }
  await expect(onDay(64, dead)).rejects.toThrow('killed')
  expect(await world.here(bytes)).toEqual([true, true])
  const dying = {
    async remove(key: string) {
      await world.storage.remove(key)
      throw new Error('killed')
    },
  }
  await expect(onDay(65, dying)).rejects.toThrow('killed')
  await onDay(66)
  expect(await world.here(bytes)).toEqual([false, false])
})

test('added again while its bytes leave, they are written anew; bytes that another still names stay', async () => {
  const { bytes: wide } = await photoForTests()
  const picture = await addPicture(world.chief, world.files, wide)
  const bytes = await world.bytesOf(picture)
  await onDay(31)
  await onDay(62)
  await onDay(64)
  expect(await world.here(bytes)).toEqual([false, false])
  // Its bytes lay there a moment ago; the job takes them between their writing and their naming.
  let writings = 0
  const storage = {
    ...world.storage,
    put: async (key: string, content: Uint8Array) => {
      if (++writings > 2) await world.storage.put(key, content)
    },
  }
  const again = await addPicture(world.chief, { ...world.files, storage }, wide)
  expect(again.id).not.toBe(picture.id)
  expect(await world.here(bytes)).toEqual([true, true])
  // The row left and came back before the bytes went: they stay.
  await onDay(31)
  await onDay(62)
  const third = await addPicture(world.chief, world.files, wide)
  await onDay(64)
  expect(await is404(third)).toBe(false)
  expect(await world.here(bytes)).toEqual([true, true])
})

test('another tenant’s picture of the same bytes is untouched', async () => {
  const { bytes: wide } = await photoForTests()
  const theirs = await addPicture(world.stranger, world.files, wide)
  await world.ask(world.stranger, 'POST /checklist-templates', {
    name: 'Theirs',
    category: 'opening',
    draft: draft(theirs),
  })
  await addPicture(world.chief, world.files, wide)
  for (const day of [31, 62, 64, 93]) await onDay(day)
  expect((await world.ask(world.stranger, `GET /checklist-pictures/${theirs.id}`)).status).toBe(200)
})

async function open() {
  const made = await testDatabase()
  const database = openDatabase({ url: made.urls.app, contextKey: made.contextKey, poolSize: 8, prepared: true })
  const [relay, admin] = [openPool(made.urls.relay, 1), openPool(made.admin, 1)]
  const home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  const writes = ['checklists.read', 'checklists.manage']
  const chief: Actor = await hire(database, home, 'Cleo', writes, 'all')
  const storage = folderStorage(emptyFolder())
  const { filesOfEvidence } = await import('@opsflow/capabilities/evidence/server')
  const { pictureImplementations } = await import('./http.ts')
  const files = filesOfEvidence({ storage, database, quotaBytes: 1e9 })
  const served = await serveForTests([...pictureImplementations(files), ...templateImplementations()], database)
  return {
    ...{ database, relay, chief, storage, files, ask: served.ask },
    stranger: await hire(database, away, 'Sam', writes, 'all'),
    picture: async () => addPicture(chief, files, (await photoForTests()).bytes),
    bytesOf: async ({ id }: Named): Promise<string[]> => {
      const { rows } = await admin.query(
        `select encode(stored_sha256, 'hex') as stored, encode(thumbnail_sha256, 'hex') as thumbnail from checklist_pictures where id = $1`,
        [id],
      )
      return [rows[0]?.stored, rows[0]?.thumbnail]
    },
    here: (hashes: readonly string[]) =>
      Promise.all(hashes.map(async (one) => (await storage.get(keptKey(home.tenantId, one))) !== undefined)),
    used: async () =>
      (await admin.query('select files::int, bytes::int from file_usage where tenant_id = $1', [home.tenantId]))
        .rows[0] ?? {
        ...{ files: 0, bytes: 0 },
      },
    left: async () => (await admin.query('select from file_leavings')).rowCount,
    empty: async () => {
      await admin.query(`update checklist_pictures set look_at = 'infinity'`)
      await admin.query('delete from file_leavings')
    },
    async close() {
      await served.close()
      await Promise.all([database.close(), relay.end(), admin.end()])
      await made.drop()
    },
  }
}
