import { randomUUID } from 'node:crypto'
import { filesOfEvidence } from '@opsflow/capabilities/evidence/server'
import type { Actor } from '@opsflow/platform/actor'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { folderStorage } from '@opsflow/platform/server/files/folder-storage'
import { photoForTests, widthOf } from '@opsflow/platform/server/files/photo.for-tests'
import { keptKey } from '@opsflow/platform/server/files/storage'
import { serveForTests } from '@opsflow/platform/server/http/serve.for-tests'
import { type TestDatabase, testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { foundTenant, hire, type TestTenant } from '@opsflow/platform/server/postgres/tenant.for-tests'
import { type Database, openDatabase } from '@opsflow/platform/server/tenant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { templateImplementations } from '../templates/http.ts'
import { addPicture } from './add-picture.ts'
import { pictureImplementations } from './http.ts'
import { ONE_PICTURE, type PictureRow } from './store.ts'

let testDb: TestDatabase
let database: Database
let home: TestTenant
let chief: Actor
let cook: Actor
let stranger: Actor
let served: Awaited<ReturnType<typeof serveForTests>>
const ROOM = 4 * 1024 * 1024
let files: ReturnType<typeof filesOfEvidence>

beforeAll(async () => {
  testDb = await testDatabase()
  database = openDatabase({ url: testDb.urls.app, contextKey: testDb.contextKey, poolSize: 8, prepared: true })
  home = await foundTenant(database, 'Home')
  const away = await foundTenant(database, 'Away')
  chief = await hire(database, home, 'Cleo', ['checklists.read', 'checklists.manage'], new Set(home.locations))
  cook = await hire(database, home, 'Carl', ['checklists.read'], new Set(home.locations.slice(0, 1)))
  stranger = await hire(database, away, 'Sam', ['checklists.read', 'checklists.manage'], new Set(away.locations))
  files = filesOfEvidence({ storage: folderStorage(emptyFolder()), database, quotaBytes: ROOM })
  served = await serveForTests([...pictureImplementations(files), ...templateImplementations()], database)
})
afterAll(async () => {
  await served.close()
  await database.close()
  await testDb.drop()
})

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    ({ code }) => code,
  )

const templateShowing = (by: Actor, picture: unknown) =>
  served.ask(by, 'POST /checklist-templates', {
    name: `Opening ${randomUUID()}`,
    category: 'opening',
    draft: {
      sections: [
        {
          id: randomUUID(),
          title: 'Line',
          items: [{ kind: 'instruction', id: randomUUID(), label: 'Set it like this', picture }],
        },
      ],
    },
  })

test('a picture is drawn anew, small enough, the same for the same bytes, and counted to the room once', async () => {
  const { bytes: wide } = await photoForTests(1700)
  const [one, again] = [await addPicture(chief, files, wide), await addPicture(chief, files, wide)]
  expect(again).toEqual(one)
  const picture = await served.ask(cook, `GET /checklist-pictures/${one.id}`)
  expect(picture.status).toBe(200)
  expect(picture.headers.get('content-type')).toBe('image/jpeg')
  expect(picture.headers.get('content-security-policy')).toContain('sandbox')
  const [row] = await database.read(chief, (tx) => tx.query<PictureRow>(ONE_PICTURE, [home.organizationId, one.id]))
  const kept = await files.storage.get(keptKey(home.tenantId, row?.storedSha256 ?? ''))
  expect(await widthOf(kept ?? Buffer.of())).toBe(1600)
  const usage = await database.read(chief, (tx) => tx.query<{ files: string }>('select files from file_usage'))
  expect(usage.map((row) => Number(row.files))).toEqual([1])
})

test('whoever writes no checklists adds none; nobody of another customer sees one or shows one', async () => {
  const { bytes } = await photoForTests(80)
  expect(await codeOf(addPicture(cook, files, bytes))).toBe('forbidden')
  const picture = await addPicture(chief, files, bytes)
  expect((await served.ask(cook, `GET /checklist-pictures/${picture.id}`)).status).toBe(200)
  const theirs = await served.ask(stranger, `GET /checklist-pictures/${picture.id}`)
  const none = await served.ask(stranger, `GET /checklist-pictures/${randomUUID()}`)
  expect([theirs.status, theirs.body.code]).toEqual([none.status, none.body.code])
  expect(theirs.status).toBe(404)
  expect((await templateShowing(stranger, picture)).body).toMatchObject({
    code: 'checklists.picture_unknown',
    errors: [{ path: 'body.draft.sections[0].items[0].picture', code: 'checklists.picture_unknown' }],
  })
  expect((await templateShowing(chief, { ...picture, sha256: 'a'.repeat(64) })).status).toBe(422)
  const shown = await templateShowing(chief, picture)
  expect(shown.status).toBe(201)
  const { draft, revision, id } = shown.body
  expect(draft.sections[0].items[0].picture).toEqual(picture)
  draft.sections[0].items[0].picture = { id: randomUUID(), sha256: picture.sha256 }
  expect((await served.ask(chief, `PATCH /checklist-templates/${id}`, { revision, draft })).status).toBe(422)
  expect((await served.ask(chief, `GET /checklist-templates/${id}`)).body.revision).toBe(revision)
})

test('what is no picture, is too many pixels or finds no room is refused, and nothing is kept of it', async () => {
  expect(await codeOf(addPicture(chief, files, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')))).toBe(
    'files.type_refused',
  )
  expect(await codeOf(addPicture(chief, files, Buffer.from('%PDF-1.7\n%%EOF\n')))).toBe('files.type_refused')
  const { bytes } = await photoForTests(90)
  expect(await codeOf(addPicture(chief, files, bytes.subarray(0, bytes.length / 2)))).toBe('files.image_broken')
  const full = { ...files, quotaBytes: 1 }
  expect(await codeOf(addPicture(chief, full, bytes))).toBe('files.quota_full')
  expect(await codeOf(addPicture(chief, files, bytes))).toBe('done')
})

test('two who add the same at once have one', async () => {
  const { bytes } = await photoForTests(100)
  const both = await Promise.all([addPicture(chief, files, bytes), addPicture(chief, files, bytes)])
  expect(both[0]).toEqual(both[1])
})
