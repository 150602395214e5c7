import { createECDH, createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
import { signedText } from '@opsflow/capabilities/checklists'
import { photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { examplesOf, idIn } from '../examples.ts'
import type { Caller } from '../kitchen.ts'
import { plannedWith } from '../planned.ts'
import { cursor, sentWork } from '../sent-work.ts'
import { anAddress, PASSWORD, type World, withCookies } from './world.ts'

/** A request that must succeed, and who makes it. */
export type Ready = {
  id?: string
  query?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
  by?: Caller
}

type Prepare = (world: World) => Promise<Ready> | Ready

/** The request of a route as its proper caller makes it: the example, or what has to stand before it can succeed. */
export async function properRequest(world: World, key: string): Promise<Ready> {
  const [, path = ''] = key.split(' ')
  const example = examplesOf(world.own)[key] ?? {}
  const prepared = (await PREPARED[key]?.(world)) ?? {}
  const id = path.includes('{id}') ? (prepared.id ?? idIn(path, world.own)) : undefined
  const by = key.startsWith('POST /ingest') ? world.device : world.admin
  return { by, ...example, ...prepared, ...(id ? { id } : {}) }
}

/**
 * Routes that this walk cannot make succeed, and where they are seen to. Any other that never answers with success
 * turns the suite red.
 */
export const SUCCEEDS_ELSEWHERE: Record<string, string> = {
  'POST /first-run': 'this world was founded by it',
  ...Object.fromEntries(
    ['POST /session/passkey', 'POST /session/passkey-confirmation', 'POST /account/passkeys'].map((key) => [
      key,
      'needs an authenticator that signs: apps/web/e2e/account.spec.ts, with the browser’s own',
    ]),
  ),
  'DELETE /account/passkeys/{id}': 'needs a passkey: apps/web/e2e/account.spec.ts',
}

const unique = (word: string) => `${word} ${randomUUID().slice(0, 8)}`
const octets = { 'content-type': 'application/octet-stream' }
const tus = { 'tus-resumable': '1.0.0' }
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

/** Makes a thing through the API and gives its id. */
const made = async (world: World, path: string, body: unknown, by = world.admin): Promise<string> =>
  (await by.must('POST', path, { body })).id

const madeAs =
  (path: string, body: (world: World) => unknown): Prepare =>
  async (world) => ({
    id: await made(world, path, body(world)),
  })

async function template(world: World) {
  const itemId = randomUUID()
  const item = { kind: 'pass_fail', id: itemId, label: 'Clean?', required: false }
  const draft = { sections: [{ id: randomUUID(), title: 'Line', items: [item] }] }
  const { id } = await world.admin.must('POST', '/checklist-templates', { body: { name: unique('Round'), draft } })
  return { id: id as string, itemId, draft }
}

async function checklist(world: World, answered = false) {
  const { id: templateId, itemId } = await template(world)
  await world.admin.must('POST', `/checklist-templates/${templateId}/publications`, { body: { revision: 1 } })
  const id = randomUUID()
  await world.admin.must('POST', '/checklists', { body: { id, templateId, locationId: world.place } })
  const answer = { id: randomUUID(), itemId, value: { kind: 'pass_fail', passes: true } }
  if (answered) await world.admin.must('POST', `/checklists/${id}/answers`, { body: answer })
  return { id, templateId, answer }
}

async function missedChecklist(world: World) {
  const { id } = await checklist(world)
  await world.rows.query(`update checklists set status = 'missed', missed_at = now() where id = $1`, [id])
  return id
}

async function finding(world: World): Promise<string> {
  const itemId = randomUUID()
  const item = { kind: 'pass_fail', id: itemId, label: 'No vermin?', required: false, scored: { as: 'vermin' } }
  const draft = { scoring: { scheme: 'la_county' }, sections: [{ id: randomUUID(), title: 'Line', items: [item] }] }
  const templateId = await made(world, '/checklist-templates', { name: unique('Audit'), draft })
  await world.admin.must('POST', `/checklist-templates/${templateId}/publications`, { body: { revision: 1 } })
  const id = randomUUID()
  await world.admin.must('POST', '/checklists', { body: { id, templateId, locationId: world.place } })
  const body = { id: randomUUID(), itemId, value: { kind: 'pass_fail', passes: false } }
  await world.admin.must('POST', `/checklists/${id}/answers`, { body })
  await world.admin.must('POST', `/checklists/${id}/completion`, { body: {} })
  return (await world.admin.must('GET', `/findings?checklistId=${id}`)).items[0].id
}

const task = (world: World, more = {}) =>
  made(world, '/tasks', { locationId: world.place, title: unique('Task'), ...more })

async function lateTask(world: World) {
  const id = await task(world, { dueAt: inAnHour() })
  await world.rows.query(`update tasks set due_at = now() - interval '1 hour' where id = $1`, [id])
  return id
}

async function person(world: World) {
  const hired = await world.hire(unique('Person'), [{ role: 'org:member', locationId: world.place }])
  return { ...hired, by: await world.signIn(hired.email) }
}

const placeCode = async (world: World) =>
  (await world.admin.must('POST', '/place-codes', { body: { locationId: world.place, label: unique('Door') } })).code

async function hot(world: World) {
  const body = { locationId: world.place, name: unique('Hot'), kind: 'hot_hold' }
  const unitId = await made(world, '/units', body)
  const log = await world.admin.must('POST', '/temperature-logs', { body: { unitId, value: '99', unit: 'F' } })
  return log.correctiveActionId as string
}

async function answeredAction(world: World) {
  const id = await hot(world)
  const response = { cause: 'defrost', action: 'closed_door', disposition: 'kept_safe' }
  await world.admin.must('POST', `/corrective-actions/${id}/response`, { body: response })
  return id
}

async function closedAction(world: World, isClosed: boolean) {
  const id = await answeredAction(world)
  await world.admin.must('POST', `/corrective-actions/${id}/recheck`, { body: { value: '140', unit: 'F' } })
  if (isClosed) await world.admin.must('POST', `/corrective-actions/${id}/closure`, { body: {} })
  return id
}

async function food(world: World, by = world.admin) {
  // A day that has begun at the place, whatever the hour is here.
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  const plan = { kind: 'date_mark', ingredientPrepDates: [yesterday], manufacturerUseBy: null }
  const reading = { id: randomUUID(), value: '38.5', unit: 'F', of: 'food', heldSeconds: 15, note: 'Seen.' }
  const body = { id: randomUUID(), locationId: world.place, plan, product: unique('Soup'), reading }
  return { id: await made(world, '/processes', body, by), reading }
}

async function upload(world: World, bytes: Buffer, location = world.place) {
  const id = randomUUID()
  const metadata = {
    ...{ id, locationId: location, capturedAt: new Date().toISOString(), capturedQuality: 'exact' },
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
  const pairs = Object.entries(metadata).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
  return { id, headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': pairs.join(',') } }
}

const aPaper = () => Buffer.from(`%PDF-1.7\n% ${randomUUID()}\n1 0 obj\n%%EOF\n`)

/** What a device says of itself when its session is no more. */
async function aDevice(world: World) {
  const clientId = randomUUID()
  const { drainKey } = await world.admin.must('POST', '/sync/pull', { body: { clientId, cursor } })
  return { clientId, drainKey: drainKey as string, header: { 'opsflow-device': `${clientId} ${drainKey}` } }
}

/** A photo that a record names and that never arrived. */
async function missingPhoto(world: World, id: string = randomUUID(), bytes = Buffer.from(id)) {
  const photos = [{ id, sha256: createHash('sha256').update(bytes).digest('hex') }]
  return { id, taskId: await task(world, { photos }) }
}

/** One that a device without a session still holds. */
async function handedOver(world: World) {
  const { header: device } = await aDevice(world)
  const bytes = aPaper()
  const { id, headers } = await upload(world, bytes)
  await missingPhoto(world, id, bytes)
  return { id, bytes, device, headers: { ...headers, ...device } }
}

async function letterTo(world: World, address: string): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const token = /#(?:[\w=&]*?)([\w-]{43})/.exec(world.whole.catcher.to(address)?.text ?? '')?.[1]
    if (token) return token
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`no letter with a link came to ${address}: ${world.whole.catcher.to(address)?.text}`)
}
const at = (address: string) => ({
  headers: { 'x-forwarded-for': anAddress(), 'content-type': 'application/json' },
  address,
})

async function signUp(world: World) {
  const { address, headers } = at(`${randomUUID().slice(0, 8)}@new.example`)
  await world.nobody.must('POST', '/sign-ups', { body: { email: address, language: 'en' }, headers })
  return letterTo(world, address)
}

async function invited(world: World) {
  const { address } = at(`${randomUUID().slice(0, 8)}@guest.example`)
  const grant = { role: 'org:member', locationId: world.place }
  const { id } = await world.admin.must('POST', '/invitations', { body: { email: address, grant } })
  return { id: id as string, token: await letterTo(world, address) }
}

async function mailing(world: World) {
  // A place has ten at most.
  const { items } = await world.admin.must('GET', `/report-mailings?locationId=${world.place}`)
  for (const { id } of items) await world.admin.must('DELETE', `/report-mailings/${id}`)
  const body = { locationId: world.place, every: 'week', recipients: ['a@b.example'], givenTo: 'Officer' }
  const id = await made(world, '/report-mailings', body)
  const sendingId = randomUUID()
  await world.rows.query(
    `insert into report_sendings (tenant_id, id, location_id, mailing_id, first_day, last_day, state, gaps)
      values ($1, $2, $3, $4, '2026-01-05', '2026-01-11', 'waiting', 1)`,
    [world.ownTenant, sendingId, world.place, id],
  )
  return { id, sendingId }
}

async function auditImport(world: World) {
  // So many may wait at once: those of before are let go.
  for (const { id, state } of (await world.admin.must('GET', '/audit-imports')).items) {
    if (state === 'previewed' && id !== world.own.auditImport)
      await world.admin.must('POST', `/audit-imports/${id}/cancellations`)
  }
  const header = 'Inspection ID,DBA Name,License #,Address,Inspection Date,Inspection Type,Results,Violations'
  const row = `${randomUUID()},${unique('Diner')},${randomUUID()},1 Main,01/02/2026,Canvass,Pass,3. HANDS`
  const { id } = await world.admin.must('POST', '/audit-imports?fileName=city.csv', {
    body: `${header}\n${row}\n`,
    headers: octets,
  })
  for (let tries = 0; (await world.admin.must('GET', `/audit-imports/${id}`)).state !== 'previewed'; tries++) {
    if (tries > 400) throw new Error('the file was never looked through')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  const { items } = await world.admin.must('GET', `/audit-imports/${id}/places`)
  return { id: id as string, placeId: items[0].id as string }
}

async function plan(world: World) {
  const body = { locationId: world.place, name: unique('Plan') }
  const { id, revision } = await world.admin.must('POST', '/haccp-plans', { body })
  return { id: id as string, body: { revision, draft: plannedWith(world.own.unit) } }
}

async function aBrowser(world: World) {
  const { publicKey } = await world.admin.must('GET', '/push')
  const [p256dh, auth] = [createECDH('prime256v1').generateKeys('base64url'), randomBytes(16).toString('base64url')]
  return {
    publicKey,
    target: { endpoint: `https://fcm.googleapis.com/fcm/send/${randomUUID()}`, keys: { p256dh, auth } },
  }
}

/** Six digits of an authenticator app whose secret is shown once. */
async function withAuthenticator(world: World) {
  const who = await person(world)
  await confirm(who.by)
  const { secret } = await who.by.must('POST', '/account/authenticator')
  return { ...who, code: codeOf(fromBase32(secret)) }
}

/** RFC 6238, as an app on a phone makes it. */
function codeOf(secret: Buffer): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) as number) & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

const confirm = (by: Caller) => by.must('POST', '/session/confirmation', { body: { password: PASSWORD } })

function fromBase32(text: string): Buffer {
  const bits = [...text.replaceAll(/[^A-Z2-7]/g, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

const revisionOf = async (world: World, path: string): Promise<number> => (await world.admin.must('GET', path)).revision

const PREPARED: Record<string, Prepare> = {
  'GET /ledger/head': async ({ admin }) => ({ query: { logId: (await admin.must('GET', '/ledger')).logId } }),
  'POST /duties/{id}/end': madeAs('/duties', ({ place }) => ({ locationId: place, endsAt: inAnHour() })),
  'POST /duties/{id}/undo': async (world) => {
    const id = await made(world, '/duties', { locationId: world.place, endsAt: inAnHour() })
    await world.admin.must('POST', `/duties/${id}/end`)
    return { id, body: { undoes: 'end' } }
  },
  'DELETE /alert-policies/{id}': ({ own }) => ({ id: own.alertPolicy }),
  'POST /checklists/{id}/answers': async (world) => {
    const { id, answer } = await checklist(world)
    return { id, body: answer }
  },
  'POST /checklists/{id}/completion': async (world) => ({ id: (await checklist(world, true)).id, body: {} }),
  'POST /checklists/{id}/sign-offs': async (world) => {
    const { id } = await checklist(world, true)
    await world.admin.must('POST', `/checklists/${id}/completion`, { body: {} })
    const { form, checklist: list, answers } = await world.admin.must('GET', `/checklists/${id}`)
    const digest = createHash('sha256')
      .update(signedText(form, list, answers))
      .digest('hex')
    const ids = answers.map((one: { id: string }) => one.id)
    return { id, body: { id: randomUUID(), meaning: 'performed', digest, answers: ids } }
  },
  'POST /checklist-pictures': async () => ({ body: (await photoForTests(70)).bytes, headers: octets }),
  'POST /organization-logos': async () => ({ body: (await photoForTests(70)).bytes, headers: octets }),
  'GET /organization-logos/{id}': async ({ admin }) => ({
    id: (await admin.must('POST', '/organization-logos', { body: (await photoForTests(70)).bytes, headers: octets }))
      .id,
  }),
  'POST /inspections/logo.png': async (world) => {
    await world.admin.must('POST', '/organization-logos', { body: (await photoForTests(70)).bytes, headers: octets })
    return {}
  },
  'DELETE /inspector-links/{id}': madeAs('/inspector-links', ({ place }) => ({
    ...{ locationId: place, from: '2026-01-01', to: '2026-01-31', givenTo: 'Officer' },
  })),
  'DELETE /report-mailings/{id}': async (world) => ({ id: (await mailing(world)).id }),
  'POST /report-mailings/{id}/takeover': async (world) => {
    const { id } = await mailing(world)
    await world.rows.query('update report_mailings set paused_at = now() where id = $1', [id])
    return { id }
  },
  'POST /report-sendings/{id}/release': async (world) => ({ id: (await mailing(world)).sendingId }),
  'PATCH /checklist-schedules/{id}': async (world) => ({
    body: { revision: await revisionOf(world, `/checklist-schedules/${world.own.schedule}`), name: 'Every closing' },
  }),
  'POST /checklists/{id}/excuse': async (world) => ({ id: await missedChecklist(world) }),
  'DELETE /checklists/{id}/excuse': async (world) => {
    const id = await missedChecklist(world)
    await world.admin.must('POST', `/checklists/${id}/excuse`, { body: { reason: 'The power was out.' } })
    return { id }
  },
  'PATCH /checklist-templates/{id}': async (world) => ({
    id: (await template(world)).id,
    body: { revision: 1, name: unique('Again') },
  }),
  'POST /checklist-templates/{id}/publications': async (world) => ({
    id: (await template(world)).id,
    body: { revision: 1 },
  }),
  'POST /checklist-templates/{id}/roll-backs': async (world) => {
    const { templateId } = await checklist(world)
    const revision = await revisionOf(world, `/checklist-templates/${templateId}`)
    return { id: templateId, body: { revision, version: 1 } }
  },
  'POST /files/uploads': async (world) => ({ headers: (await upload(world, aPaper())).headers }),
  'PATCH /files/uploads/{id}': async (world) => {
    const bytes = aPaper()
    const { id, headers } = await upload(world, bytes)
    await world.admin.must('POST', '/files/uploads', { headers })
    return {
      id,
      body: bytes,
      headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    }
  },
  'GET /files/uploads/{id}': async (world) => {
    const { id, headers } = await upload(world, aPaper())
    await world.admin.must('POST', '/files/uploads', { headers })
    return { id, headers: tus }
  },
  'POST /files/handed-over': async (world) => {
    const { headers } = await handedOver(world)
    return { by: world.nobody, headers }
  },
  'GET /files/handed-over/{id}': async (world) => {
    const { id, headers, device } = await handedOver(world)
    await world.nobody.must('POST', '/files/handed-over', { headers })
    return { id, by: world.nobody, headers: { ...tus, ...device } }
  },
  'PATCH /files/handed-over/{id}': async (world) => {
    const { id, headers, device, bytes } = await handedOver(world)
    await world.nobody.must('POST', '/files/handed-over', { headers })
    const sent = { ...tus, ...device, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    return { id, by: world.nobody, body: bytes, headers: sent }
  },
  'POST /files/{id}/abandonments': async (world) => ({ id: (await missingPhoto(world)).id }),
  'POST /files/{id}/replacements': async (world) => ({
    id: (await missingPhoto(world)).id,
    body: { id: randomUUID(), sha256: 'b'.repeat(64) },
  }),
  'POST /evidence/waivers': async (world) => {
    const { taskId } = await missingPhoto(world)
    return { body: { ownerKind: 'task', ownerId: taskId, reason: 'The tablet is lost.' } }
  },
  'PUT /audit-imports/{id}/reading': async (world) => ({ id: (await auditImport(world)).id }),
  'PUT /audit-imports/{id}/places': async (world) => {
    const { id, placeId } = await auditImport(world)
    return { id, body: { items: [{ placeId, locationId: world.place }] } }
  },
  'POST /audit-imports/{id}/runs': async (world) => {
    const { id, placeId } = await auditImport(world)
    const body = { items: [{ placeId, locationId: world.place }] }
    await world.admin.must('PUT', `/audit-imports/${id}/places`, { body })
    return { id, body: { makeTemplates: false } }
  },
  'POST /audit-imports/{id}/cancellations': async (world) => ({ id: (await auditImport(world)).id }),
  'POST /findings/{id}/fixes': async (world) => ({
    id: await finding(world),
    body: { stepId: randomUUID(), note: 'Seen.', cause: 'equipment' },
  }),
  ...Object.fromEntries(
    ['verifications', 'returns'].map((what): [string, Prepare] => [
      `POST /findings/{id}/${what}`,
      async (world) => {
        const id = await finding(world)
        const fixId = randomUUID()
        const by = world.callerFor('manager of the place', '')
        await by.must('POST', `/findings/${id}/fixes`, { body: { stepId: fixId, note: 'Seen.', cause: 'equipment' } })
        const reason = what === 'returns' ? { reason: 'Still greasy.' } : {}
        return { id, body: { stepId: randomUUID(), fixId, ...reason } }
      },
    ]),
  ),
  'PUT /haccp-plans/{id}/draft': plan,
  'POST /haccp-plans/{id}/revisions': async (world) => {
    const { id, body } = await plan(world)
    const { revision } = await world.admin.must('PUT', `/haccp-plans/${id}/draft`, { body })
    return { id, body: { revision } }
  },
  'DELETE /kiosks/{id}': madeAs('/kiosks', ({ place }) => ({ locationId: place, name: unique('Tablet') })),
  'POST /kiosk-enrolments': async (world) => {
    const body = { locationId: world.place, name: unique('Tablet') }
    const { enrolment } = await world.admin.must('POST', '/kiosks', { body })
    return { by: world.nobody, body: { code: enrolment.code } }
  },
  'POST /kiosk-session': async (world) => {
    const who = await person(world)
    const { pin } = await world.admin.must('POST', `/members/${who.id}/temporary-pin`)
    return { by: await world.tablet(), body: { memberId: who.id, pin } }
  },
  'DELETE /kiosk-session': async (world) => ({ by: await world.atTablet() }),
  'DELETE /kiosk': async (world) => {
    const body = { locationId: world.place, name: unique('Tablet') }
    const { id, enrolment } = await world.admin.must('POST', '/kiosks', { body })
    const by = await withCookies(world.nobody, 'POST', '/kiosk-enrolments', { code: enrolment.code })
    await world.admin.must('POST', `/kiosks/${id}/wipe`)
    return { by }
  },
  'POST /kiosk-session/activity': async (world) => ({ by: await world.atTablet() }),
  'POST /kiosk-signatures': async (world) => ({
    by: await world.atTablet(),
    body: { memberId: world.member.id, pin: '402957' },
  }),
  'PUT /pin': async (world) => {
    const who = await person(world)
    const { pin } = await world.admin.must('POST', `/members/${who.id}/temporary-pin`)
    return {
      by: await withCookies(await world.tablet(), 'POST', '/kiosk-session', { memberId: who.id, pin }),
      body: { pin: '583261', currentPin: pin },
    }
  },
  'POST /locations': ({ own }) => ({
    body: {
      ...(examplesOf(own)['POST /locations']?.body as object),
      name: unique('Pier'),
      code: randomUUID().slice(0, 8),
    },
  }),
  'PATCH /locations/{id}': () => ({ body: { address: '1 Main Street' } }),
  'POST /session': async (world) => {
    const { email } = await person(world)
    return { by: world.nobody, body: { email, password: PASSWORD }, headers: at('').headers }
  },
  'DELETE /session': async (world) => ({ by: (await person(world)).by }),
  'POST /session/passkey-challenges': ({ nobody }) => ({ by: nobody }),
  'POST /session/confirmation': async (world) => ({ by: (await person(world)).by, body: { password: PASSWORD } }),
  'POST /sign-ups': () => ({ body: { email: `${randomUUID()}@new.example`, language: 'en' }, headers: at('').headers }),
  'POST /sign-ups/link': async (world) => ({ by: world.nobody, body: { token: await signUp(world) } }),
  'POST /sign-ups/founding': async (world) => ({
    by: world.nobody,
    headers: at('').headers,
    body: {
      ...{ token: await signUp(world), organizationName: unique('Plate'), locationName: 'Main', locationKind: 'cafe' },
      ...{ timezone: 'America/Chicago', temperatureUnit: 'F', jurisdiction: 'us', name: 'Ada', password: PASSWORD },
    },
  }),
  'POST /password-resets/password': async (world) => {
    const { email } = await person(world)
    await world.nobody.must('POST', '/password-resets', { body: { email, language: 'en' }, headers: at('').headers })
    return { by: world.nobody, body: { token: await letterTo(world, email), password: 'another long password' } }
  },
  'POST /email-confirmations': async (world) => {
    const { by } = await person(world)
    const email = `${randomUUID().slice(0, 8)}@moved.example`
    await confirm(by)
    await by.must('POST', '/account/email-links', { body: { email, language: 'en' } })
    return { by: world.nobody, body: { token: await letterTo(world, email) } }
  },
  'POST /account/email-links': async (world) => {
    const { by } = await person(world)
    await confirm(by)
    return { by, body: { email: `${randomUUID().slice(0, 8)}@moved.example`, language: 'en' } }
  },
  'PUT /account/password': async (world) => {
    const { by } = await person(world)
    return { by, body: { currentPassword: PASSWORD, password: 'another long password' } }
  },
  'POST /account/authenticator': async (world) => {
    const { by } = await person(world)
    await confirm(by)
    return { by }
  },
  'PUT /account/authenticator': async (world) => {
    const { by, code } = await withAuthenticator(world)
    return { by, body: { code } }
  },
  'DELETE /account/authenticator': async (world) => {
    const { by, code } = await withAuthenticator(world)
    await by.must('PUT', '/account/authenticator', { body: { code } })
    return { by }
  },
  'POST /account/recovery-codes': async (world) => {
    const { by, code } = await withAuthenticator(world)
    await by.must('PUT', '/account/authenticator', { body: { code } })
    return { by }
  },
  'POST /account/passkey-challenges': async (world) => {
    const { by } = await person(world)
    await confirm(by)
    return { by, body: { purpose: 'add' } }
  },
  'DELETE /account/sessions': async (world) => ({ by: (await person(world)).by }),
  'DELETE /account/sessions/{id}': async (world) => {
    const { by, email } = await person(world)
    await world.signIn(email)
    const { items } = await by.must('GET', '/account/sessions')
    return { by, id: items.find((one: { current?: boolean }) => !one.current).id }
  },
  'POST /invitations/opening': async (world) => ({ by: world.nobody, body: { token: (await invited(world)).token } }),
  'POST /invitations/acceptance': async (world) => ({
    by: world.nobody,
    body: { token: (await invited(world)).token, name: 'Guest', password: PASSWORD },
  }),
  'DELETE /invitations/{id}': async (world) => ({ id: (await invited(world)).id }),
  'DELETE /api-keys/{id}': madeAs('/api-keys', () => ({ name: 'Spare', scopes: ['tasks.read'] })),
  'DELETE /devices/{id}': madeAs('/devices', ({ place }) => ({
    locationId: place,
    name: unique('Spare'),
    kind: 'gateway',
  })),
  'DELETE /roles/{id}': madeAs('/roles', () => ({ name: unique('Role'), permissions: ['tasks.read'] })),
  'DELETE /grants/{id}': async (world) => {
    const { id } = await person(world)
    const { items } = await world.admin
      .must('GET', `/grants?memberId=${id}`)
      .catch(async () => world.admin.must('GET', '/grants'))
    return { id: items.find((one: { memberId: string }) => one.memberId === id).id }
  },
  'DELETE /task-views/{id}': madeAs('/task-views', () => ({ name: unique('View'), filter: { status: 'overdue' } })),
  'DELETE /place-codes/{id}': madeAs('/place-codes', ({ place }) => ({ locationId: place, label: unique('Door') })),
  'DELETE /push/devices/{id}': async (world) => ({
    id: (await world.admin.must('POST', '/push/devices', { body: await aBrowser(world) })).id,
  }),
  'POST /push/devices/{id}/tests': async (world) => ({
    id: (await world.admin.must('POST', '/push/devices', { body: await aBrowser(world) })).id,
  }),
  'POST /push/devices': async (world) => ({ body: await aBrowser(world) }),
  'POST /push/renewals': async (world) => {
    const before = await aBrowser(world)
    await world.admin.must('POST', '/push/devices', { body: before })
    return { body: { endpoint: before.target.endpoint, device: await aBrowser(world) } }
  },
  'POST /sync/quarantine/{id}/acceptance': async (world) => {
    const { clientId, drainKey } = await aDevice(world)
    const uid = randomUUID()
    const args = { id: await task(world), status: 'in_progress' }
    const mutations = sentWork.mutations.map((mutation) => ({ ...mutation, uid, args }))
    await world.nobody.must('POST', '/sync/drain', { body: { ...sentWork, clientId, drainKey, mutations } })
    return { id: uid }
  },
  'POST /sync/quarantine/{id}/rejection': ({ own }) => ({ id: own.setAside }),
  'POST /sync/drain': async (world) => {
    const { clientId, drainKey } = await aDevice(world)
    const mutations = sentWork.mutations.map((mutation) => ({ ...mutation, uid: randomUUID() }))
    return { by: world.nobody, body: { ...sentWork, clientId, drainKey, mutations } }
  },
  'PATCH /tasks/{id}': async (world) => ({ id: await task(world) }),
  'POST /tasks/{id}/reopenings': async (world) => {
    const id = await task(world)
    await world.admin.must('PATCH', `/tasks/${id}`, { body: { status: 'completed' } })
    return { id, body: { comment: 'It squeaks.' } }
  },
  'DELETE /tasks/{id}/ending': async (world) => {
    const id = await task(world)
    await world.admin.must('PATCH', `/tasks/${id}`, { body: { status: 'completed' } })
    return { id }
  },
  'POST /tasks/{id}/excuse': async (world) => ({ id: await lateTask(world) }),
  'DELETE /tasks/{id}/excuse': async (world) => {
    const id = await lateTask(world)
    await world.admin.must('POST', `/tasks/${id}/excuse`, { body: { reason: 'The plumber comes on Monday.' } })
    return { id }
  },
  'PUT /tasks/{id}/ticks': async (world) => {
    const stepId = randomUUID()
    return { id: await task(world, { steps: [{ id: stepId, text: 'Screws' }] }), body: { stepId, done: true } }
  },
  'GET /fault-reports': async (world) => ({ by: world.nobody, query: { code: await placeCode(world) } }),
  'POST /fault-reports': async (world) => ({
    by: world.nobody,
    headers: at('').headers,
    body: { code: await placeCode(world), reportId: randomUUID(), text: 'It leaks.', name: 'A guest', website: '' },
  }),
  'POST /fault-reports/photos': async (world) => {
    const query = { code: await placeCode(world), reportId: randomUUID() }
    const body = { ...query, text: 'It leaks.', name: 'A guest', website: '' }
    await world.nobody.must('POST', '/fault-reports', { body, headers: at('').headers })
    const { bytes } = await photoForTests(80)
    return { by: world.nobody, query, body: bytes, headers: { ...octets, 'x-forwarded-for': anAddress() } }
  },
  'POST /processes': ({ own }) => ({
    body: { ...(examplesOf(own)['POST /processes']?.body as object), id: randomUUID(), reading: undefined },
  }),
  'POST /probes': ({ place }) => ({
    body: { id: randomUUID(), locationId: place, name: unique('Blue'), serial: unique('T'), everyDays: 30 },
  }),
  'POST /processes/{id}/readings': async (world) => ({ id: (await food(world)).id }),
  'POST /processes/{id}/corrections': async (world) => {
    const { id, reading } = await food(world)
    return { id, body: { id: randomUUID(), correctsId: reading.id, value: '40', unit: 'F', reason: 'Misread.' } }
  },
  'POST /processes/{id}/events': async (world) => ({ id: (await food(world)).id }),
  'POST /processes/{id}/completion': async (world) => ({ id: (await food(world)).id }),
  'POST /processes/{id}/verification': async (world) => {
    const by = world.callerFor('member of the place', '')
    const id = randomUUID()
    const plan = { kind: 'cooling', from: 'hot' }
    await by.must('POST', '/processes', { body: { id, locationId: world.place, plan, product: unique('Soup') } })
    const body = { id: randomUUID(), disposition: 'discarded', note: 'Not cold in time.' }
    await by.must('POST', `/processes/${id}/completion`, { body })
    // As one that failed, which takes hours.
    await world.rows.query(`update processes set needs_verification = true where id = $1`, [id])
    return { id, body: { id: randomUUID() } }
  },
  'POST /corrective-actions/{id}/response': async (world) => ({ id: await hot(world) }),
  'POST /corrective-actions/{id}/recheck': async (world) => ({ id: await answeredAction(world) }),
  'POST /corrective-actions/{id}/closure': async (world) => ({ id: await closedAction(world, false), body: {} }),
  'POST /corrective-actions/{id}/verification': async (world) => ({
    id: await closedAction(world, true),
    by: world.callerFor('manager of the place', ''),
    body: {},
  }),
}
