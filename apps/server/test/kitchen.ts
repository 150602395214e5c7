import { createECDH, createHash, randomBytes, randomUUID } from 'node:crypto'
import { photoForTests } from '@opsflow/platform/server/files/photo.for-tests'
import { alertRule, askedWith, audited, scheduled } from './asked.ts'
import { plannedWith } from './planned.ts'
import { cursor, sentWork } from './sent-work.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests
export type Told = { status: number; type: string; text: string; body: any }
/** `patienceMs`: no answer after so long is none. */
export type Sent = { body?: unknown; headers?: Record<string, string>; patienceMs?: number }

/** Someone at this server: with a session's cookie, a key, or nothing. */
export class Caller {
  readonly origin: string
  readonly headers: Record<string, string>

  constructor(origin: string, headers: Record<string, string> = {}) {
    this.origin = origin
    this.headers = headers
  }

  /** A body that is text or bytes goes as it is, anything else as JSON. */
  async ask(method: string, path: string, { body, headers = {}, patienceMs }: Sent = {}): Promise<Told> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...this.headers, ...headers },
      ...(body === undefined ? {} : { body: (isRaw ? body : JSON.stringify(body)) as string }),
      ...(patienceMs === undefined ? {} : { signal: AbortSignal.timeout(patienceMs) }),
    })
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    return { status: response.status, type, text, body: text && type.includes('json') ? JSON.parse(text) : null }
  }

  async must(method: string, path: string, sent?: Sent): Promise<Told['body']> {
    const told = await this.ask(method, path, sent)
    if (told.status >= 300) throw new Error(`${method} ${path}: ${told.status} ${told.text}`)
    return told.body
  }

  async signedIn(email: string, password: string): Promise<Caller> {
    const response = await fetch(`${this.origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    if (response.status !== 201) throw new Error(`${email} cannot sign in: ${await response.text()}`)
    const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0])
    return new Caller(this.origin, { cookie: cookie.join('; ') })
  }

  withKey(key: string): Caller {
    return new Caller(this.origin, { authorization: `Bearer ${key}` })
  }
}

export type Things = Awaited<ReturnType<typeof furnish>>

/** One of everything the API has, made through it. `mark` keeps two kitchens apart; `look` is what the job of alerts does. */
export async function furnish(admin: Caller, mark: string, look: () => Promise<void>) {
  const session = await admin.must('GET', '/session')
  const locationId: string = session.locations[0].id
  const group = await admin.must('POST', '/location-groups', { body: { name: `District ${mark}` } })
  const unit = await admin.must('POST', '/units', { body: { locationId, name: `Walk-in ${mark}`, kind: 'hot_hold' } })
  const externalId = `probe-${mark}`
  const sensor = await admin.must('POST', '/sensors', { body: { unitId: unit.id, name: 'Probe', externalId } })
  const device = await admin.must('POST', '/devices', { body: { locationId, name: 'Gateway', kind: 'gateway' } })
  const spare = await admin.must('POST', '/devices', { body: { locationId, name: 'Spare', kind: 'gateway' } })
  const kiosk = await admin.must('POST', '/kiosks', { body: { locationId, name: 'Line tablet' } })
  const apiKey = await admin.must('POST', '/api-keys', { body: { name: 'Reports', scopes: ['temperature.read'] } })
  const log = await admin.must('POST', '/temperature-logs', { body: { unitId: unit.id, value: '99', unit: 'F' } })
  const gateway = admin.withKey(device.key)
  const cold = Array.from({ length: 8 }, (_, n) => ({
    sensorId: sensor.id,
    measuredAt: new Date(Date.now() - (35 - n * 5) * 60_000).toISOString(),
    value: 100,
    unit: 'F',
  }))
  await gateway.must('POST', '/ingest/readings', { body: { readings: cold } })
  const { items: alarms } = await admin.must('GET', '/alarms')
  const invitation = await admin.must('POST', '/invitations', {
    body: { email: `guest@${mark}.example`, grant: { role: 'org:member', locationId } },
  })
  const { items: sessions } = await admin.must('GET', '/account/sessions')
  const { items: tasks } = await admin.must('GET', '/tasks')
  const { bytes } = await photoForTests(60)
  const octets = { 'content-type': 'application/octet-stream' }
  const picture = await admin.must('POST', '/checklist-pictures', { body: bytes, headers: octets })
  const logo = await admin.must('POST', '/organization-logos', { body: bytes, headers: octets })
  const asked = askedWith(picture)
  const template = await admin.must('POST', '/checklist-templates', { body: { name: `Opening ${mark}`, draft: asked } })
  await admin.must('POST', `/checklist-templates/${template.id}/publications`, { body: { revision: 1 } })
  const begun = { id: randomUUID(), templateId: template.id, locationId }
  const checklist = await admin.must('POST', '/checklists', { body: begun })
  const { audit, finding } = await completeAudit(admin, mark, locationId)
  // Not for this century, and paused: nothing is made of it while something else is looked at.
  const schedule = await admin.must('POST', '/checklist-schedules', {
    body: scheduled(template.id, locationId, group.id),
  })
  const paused = { revision: schedule.revision, paused: true }
  await admin.must('PATCH', `/checklist-schedules/${schedule.id}`, { body: paused })
  const { items: versions } = await admin.must('GET', `/checklist-templates/${template.id}/versions`)
  const { import: file } = await admin.must('POST', `/imports?unitId=${unit.id}&fileName=a.csv`, {
    body: 'time,temperature F\n2026-01-01T00:00:00Z,140\n',
    headers: { 'content-type': 'text/csv' },
  })
  const person = await admin.must('POST', '/members', { body: { name: 'Rosa', grants: [{ role: 'org:manager' }] } })
  const role = await admin.must('POST', '/roles', { body: { name: 'Opener', permissions: ['tasks.read'] } })
  const view = await admin.must('POST', '/task-views', { body: { name: 'Late', filter: { status: 'overdue' } } })
  const placeCode = await admin.must('POST', '/place-codes', { body: { locationId } })
  const pushDevice = await admin.must('POST', '/push/devices', { body: await aBrowser(admin, mark) })
  const alertPolicy = await admin.must('PUT', '/alert-policies', {
    body: { kind: 'task', severity: 'normal', groupId: null, locationId, policy: alertRule, revision: 0 },
  })
  const days = { from: '2026-01-01', to: '2026-01-31' }
  const link = await admin.must('POST', '/inspector-links', { body: { locationId, ...days, givenTo: 'Officer' } })
  const mailing = await admin.must('POST', '/report-mailings', {
    body: { locationId, every: 'week', recipients: [`officer@${mark}.example`], givenTo: 'Officer' },
  })
  const { text: paper } = await admin.ask('GET', `/checklists/${checklist.id}/record.pdf`)
  const endsAt = new Date(Date.now() + 3_600_000).toISOString()
  const duty = await admin.must('POST', '/duties', { body: { locationId, endsAt } })
  const probe = await admin.must('POST', '/probes', { body: { locationId, name: `Red ${mark}` } })
  const plan = { kind: 'date_mark', ingredientPrepDates: ['2026-11-01'], manufacturerUseBy: null }
  const food = await admin.must('POST', '/processes', {
    body: { id: randomUUID(), locationId, plan, product: `Soup ${mark}` },
  })
  const { haccpPlan, haccpPoint, haccpRevision } = await signPlan(admin, mark, locationId, unit.id)
  await look()
  const { items: matters } = await admin.must('GET', '/matters')
  const setAside = randomUUID()
  const clientId = randomUUID()
  const { drainKey } = await admin.must('POST', '/sync/pull', { body: { clientId, cursor } })
  const mutations = sentWork.mutations.map((mutation) => ({ ...mutation, uid: setAside }))
  await admin.must('POST', '/sync/drain', { body: { ...sentWork, clientId, drainKey, mutations } })
  return {
    setAside,
    organization: session.organization.id as string,
    member: session.member.id as string,
    person: person.id as string,
    grant: person.grants[0].id as string,
    role: role.id as string,
    session: sessions[0].id as string,
    invitation: invitation.id as string,
    location: locationId,
    group: group.id as string,
    unit: unit.id as string,
    sensor: sensor.id as string,
    externalId,
    device: spare.id as string,
    deviceKey: device.key as string,
    kiosk: kiosk.id as string,
    apiKey: apiKey.id as string,
    log: log.id as string,
    action: log.correctiveActionId as string,
    alarm: alarms[0].id as string,
    task: tasks[0].id as string,
    template: template.id as string,
    shown: picture as { id: string; sha256: string },
    picture: picture.id as string,
    logo: logo.id as string,
    version: versions[0].id as string,
    checklist: checklist.id as string,
    audit,
    finding,
    schedule: schedule.id as string,
    view: view.id as string,
    alertPolicy: alertPolicy.id as string,
    matter: matters[0].id as string,
    duty: duty.id as string,
    probe: probe.id as string,
    process: food.id as string,
    haccpPlan,
    haccpPoint,
    haccpRevision,
    inspectorLink: link.id as string,
    mailing: mailing.id as string,
    inspectorSecret: link.secret as string,
    paperCode: /verify#([\w-]{22})/.exec(paper)?.[1] ?? '',
    placeCode: placeCode.id as string,
    pushDevice: pushDevice.id as string,
    import: file.id as string,
    ...(await importAudits(admin, mark, locationId)),
    file: await sendFile(admin, locationId),
  }
}

async function completeAudit(admin: Caller, mark: string, locationId: string) {
  const { id: templateId } = await admin.must('POST', '/checklist-templates', {
    body: { name: `Audit ${mark}`, draft: audited },
  })
  await admin.must('POST', `/checklist-templates/${templateId}/publications`, { body: { revision: 1 } })
  const { id } = await admin.must('POST', '/checklists', { body: { id: randomUUID(), templateId, locationId } })
  const itemId = audited.sections[0]?.items[0]?.id
  const failing = { id: randomUUID(), itemId, value: { kind: 'pass_fail', passes: false } }
  await admin.must('POST', `/checklists/${id}/answers`, { body: failing })
  await admin.must('POST', `/checklists/${id}/completion`, { body: {} })
  const audits = await admin.must('GET', `/audits?checklistId=${id}`)
  const findings = await admin.must('GET', `/findings?checklistId=${id}`)
  return { audit: audits.items[0].id as string, finding: findings.items[0].id as string }
}

/** A HACCP plan that is in force. */
async function signPlan(admin: Caller, mark: string, locationId: string, unitId: string) {
  const { id, revision } = await admin.must('POST', '/haccp-plans', { body: { locationId, name: `Plan ${mark}` } })
  const saved = await admin.must('PUT', `/haccp-plans/${id}/draft`, { body: { revision, draft: plannedWith(unitId) } })
  const signed = await admin.must('POST', `/haccp-plans/${id}/revisions`, { body: { revision: saved.revision } })
  const haccpPoint = signed.content.controls[0].id as string
  return { haccpPlan: id as string, haccpPoint, haccpRevision: signed as { id: string; digest: string } }
}

/** A file of inspections that waits for a decision, and one that was imported. */
async function importAudits(admin: Caller, mark: string, locationId: string) {
  const lookedAt = async (body: string) => {
    const headers = { 'content-type': 'application/octet-stream' }
    const { id } = await admin.must('POST', '/audit-imports?fileName=city.csv', { body, headers })
    await until(async () => (await admin.must('GET', `/audit-imports/${id}`)).state === 'previewed')
    const { items } = await admin.must('GET', `/audit-imports/${id}/places`)
    return { id: id as string, place: items[0].id as string }
  }
  const header = 'Inspection ID,DBA Name,License #,Address,Inspection Date,Inspection Type,Results,Violations'
  const done = await lookedAt(`${header}\n1,${mark},7,1 Main,01/02/2026,Canvass,Pass,3. HANDS\n`)
  const body = { items: [{ placeId: done.place, locationId }] }
  await admin.must('PUT', `/audit-imports/${done.id}/places`, { body })
  await admin.must('POST', `/audit-imports/${done.id}/runs`, { body: { makeTemplates: false } })
  await until(async () => (await admin.must('GET', `/audit-imports/${done.id}`)).state === 'done')
  const { items } = await admin.must('GET', '/imported-audits')
  const waiting = await lookedAt(`${header}\n2,${mark} 2,8,2 Main,01/02/2026,Canvass,Pass,\n`)
  return { auditImport: waiting.id, importPlace: waiting.place, importedAudit: items[0].id as string }
}

async function until(holds: () => Promise<boolean>) {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 400) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** What a browser subscribes with. */
async function aBrowser(admin: Caller, mark: string) {
  const { publicKey } = await admin.must('GET', '/push')
  const [p256dh, auth] = [createECDH('prime256v1').generateKeys('base64url'), randomBytes(16).toString('base64url')]
  return { publicKey, target: { endpoint: `https://fcm.googleapis.com/fcm/send/${mark}`, keys: { p256dh, auth } } }
}

/** A small paper, as tus sends it. */
async function sendFile(admin: Caller, locationId: string): Promise<string> {
  const paper = Buffer.from('%PDF-1.7\n1 0 obj\n%%EOF\n')
  const id = randomUUID()
  const metadata = {
    ...{ id, locationId, capturedAt: new Date().toISOString(), capturedQuality: 'exact' },
    sha256: createHash('sha256').update(paper).digest('hex'),
  }
  const pairs = Object.entries(metadata).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
  const tus = { 'tus-resumable': '1.0.0' }
  await admin.must('POST', '/files/uploads', {
    headers: { ...tus, 'upload-length': String(paper.length), 'upload-metadata': pairs.join(',') },
  })
  const bytes = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  await admin.must('PATCH', `/files/uploads/${id}`, { body: paper, headers: bytes })
  return id
}
