import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Evidence } from '@opsflow/capabilities/evidence'
import { evidenceOf } from '@opsflow/capabilities/evidence/server'
import { minutesAgo } from '@opsflow/platform/server/sync/run.for-tests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from '../../answer.ts'
import { signedText } from '../../signed-text.ts'
import { checklistMutators as does } from '../../sync.ts'
import { type Crew, openCrew } from './crew.for-tests.ts'

let crew: Crew
let formId: string
const item = randomUUID()
const scoring = { scheme: 'weighted', auditType: 'internal', passPercent: 80 } as const
const sections = [
  { id: randomUUID(), title: '', items: [{ kind: 'pass_fail' as const, id: item, label: 'The line is clean' }] },
]

beforeAll(async () => {
  crew = await openCrew()
  formId = await crew.form({ sections, scoring })
}, 60_000)
afterAll(() => crew.close())

const photo = () => ({ id: randomUUID(), sha256: randomBytes(32).toString('hex') })
const drawnOn = (of: { id: string }) => ({ ...photo(), annotates: of.id })
type Photo = ReturnType<typeof photo> & { annotates?: string }
const given = (checklistId: string, photos: Photo[], id = randomUUID()) => ({
  ...{ id, checklistId, itemId: item, value: { kind: 'pass_fail' as const, passes: false }, note: 'Grease', photos },
})
const answer = (of: ReturnType<typeof given>, minutes = 1) => crew.send(crew.cook, does.answer, of, minutesAgo(minutes))
const named = (id: string): Promise<Evidence[]> =>
  crew.database.read(crew.manager, (tx) => evidenceOf(tx, 'checklist_answer', id))

test('a drawing names the photo it was made on; both are kept, and it is no second photo of what was asked for', async () => {
  const list = await crew.list(formId)
  const taken = photo()
  const drawn = drawnOn(taken)
  const said = given(list, [taken, drawn])
  expect(await answer(said)).toBe('applied')
  const items = await named(said.id)
  expect(items.map(({ fileId, annotates }) => [fileId, annotates]).sort()).toEqual(
    [
      [taken.id, null],
      [drawn.id, taken.id],
    ].sort(),
  )
  const [record] = (await crew.record(list, crew.manager)).answers
  expect(record).toMatchObject({ photos: 1, photoHashes: [taken.sha256, drawn.sha256].sort() })
})

test('drawn on later, the photo is named again with its drawing, and stays what it was', async () => {
  const list = await crew.list(formId)
  const taken = photo()
  const first = given(list, [taken])
  expect(await answer(first, 2)).toBe('applied')
  const again = given(list, [taken, drawnOn(taken)])
  expect(await answer(again, 1)).toBe('applied')
  expect((await named(first.id)).map(({ sha256 }) => sha256)).toEqual([taken.sha256])
  expect(await named(again.id)).toHaveLength(2)
})

test('a drawing on a photo of another record, or on a drawing, is refused', async () => {
  const list = await crew.list(formId)
  const taken = photo()
  const drawn = drawnOn(taken)
  for (const photos of [[drawnOn(photo())], [taken, drawn, drawnOn(drawn)]]) {
    const { status, body } = await crew.ask(crew.cook, `POST /checklists/${list}/answers`, {
      ...given(list, photos),
      checklistId: undefined,
    })
    expect([status, body.code]).toEqual([422, 'input.invalid'])
  }
})

test('what proved the last visit proves nothing at this one, over HTTP and from a device', async () => {
  const [last, now] = [await crew.list(formId), await crew.list(formId)]
  const taken = photo()
  expect(await answer(given(last, [taken]))).toBe('applied')
  // Under another id it is the same picture.
  const reused = { ...photo(), sha256: taken.sha256 }
  const { checklistId: _, ...body } = given(now, [reused])
  const asked = await crew.ask(crew.cook, `POST /checklists/${now}/answers`, body)
  expect([asked.status, asked.body.code]).toEqual([409, 'checklists.photo_used'])
  expect(await answer(given(now, [reused]))).toBe('refused checklists.photo_used')
  expect((await crew.record(now, crew.manager)).answers).toEqual([])
  expect(await answer(given(now, [photo()]))).toBe('applied')
})

test('a checklist without a score keeps its own counsel', async () => {
  const plain = await crew.form({ sections })
  const taken = photo()
  expect(await answer(given(await crew.list(plain), [taken]))).toBe('applied')
  expect(await answer(given(await crew.list(plain), [taken]))).toBe('applied')
})

test('a photo that is asked for and was never taken: nobody signs. One on its way is signed by its hash, and confirmed when it is here', async () => {
  const shot = randomUUID()
  const asksPhoto = { kind: 'photo' as const, id: shot, label: 'The line' }
  const list = await crew.list(
    await crew.form({
      ...{ sections: [{ id: randomUUID(), title: '', items: [asksPhoto] }], scoring: null },
      ...{ needsSignature: true, needsVerification: true },
    }),
  )
  const seen = async () => {
    const { form, checklist, answers } = await crew.record(list, crew.manager)
    const digest = createHash('sha256')
      .update(signedText(form, checklist, answers))
      .digest('hex')
    return { id: randomUUID(), checklistId: list, digest, answers: (answers as Answer[]).map(({ id }) => id) }
  }
  expect(await crew.send(crew.cook, does.sign, await seen(), minutesAgo(0))).toBe('refused checklists.incomplete')
  const taken = photo()
  const said = { id: randomUUID(), checklistId: list, itemId: shot, value: { kind: 'photo' as const } }
  const photos = [taken, drawnOn(taken)]
  expect(await crew.send(crew.cook, does.answer, { ...said, photos }, minutesAgo(1))).toBe('applied')
  expect(await crew.send(crew.cook, does.sign, await seen(), minutesAgo(0))).toBe('applied')
  const verify = async () =>
    crew.send(crew.manager, does.verify, { ...(await seen()), meaning: 'verified' as const }, minutesAgo(0))
  expect(await verify()).toBe('refused evidence.missing')
  const arrives = 'update evidence set arrived_at = now() where owner_id = $1 and (annotates is null) = $2'
  await crew.rows(arrives, [said.id, true])
  expect(await verify()).toBe('refused evidence.missing')
  await crew.rows(arrives, [said.id, false])
  expect(await verify()).toBe('applied')
})
