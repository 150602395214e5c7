import { alertRule, askedWith, scheduled } from './asked.ts'
import type { Things } from './kitchen.ts'
import { plannedWith } from './planned.ts'
import { clientId, cursor, sentWork } from './sent-work.ts'

export type Example = { query?: Record<string, string>; body?: unknown; headers?: Record<string, string> }

const note = 'Seen.'
const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
const photos = [{ id: '01890a5d-ac96-774b-bcce-b302099a8058', sha256: 'a'.repeat(64) }]
const alarm = {
  limits: { max: { milliF: 41_000, milliC: 5_000 }, min: { milliF: 30_000, milliC: -1_111 } },
  graceMinutes: 30,
  productFilterMinutes: 10,
  schedule: [
    {
      weekdays: [1],
      from: '08:00',
      to: '10:00',
      graceMinutes: 60,
      limits: { max: { milliF: 41_000, milliC: 5_000 }, min: { milliF: 30_000, milliC: -1_111 } },
    },
  ],
}
const token = 'x'.repeat(43)
const passkey = {
  challengeId: '01890a5d-ac96-774b-bcce-b302099a8057',
  credential: { id: 'eA', rawId: 'eA', type: 'public-key', response: { clientDataJSON: 'e30' } },
}
const pushBrowser = {
  publicKey: 'B'.repeat(87),
  target: {
    endpoint: 'https://fcm.googleapis.com/fcm/send/one',
    expirationTime: null,
    keys: { p256dh: 'B'.repeat(87), auth: 'x'.repeat(22) },
  },
}
const operatingLimits = { max: { milliF: 40_000, milliC: 4_444 }, min: { milliF: 31_000, milliC: -555 } }
const policy = { limitIds: ['us.cold_hold'], operatingLimits, alarm }

const furniture = (own: Things) => ({
  groupId: own.group,
  ruleEdition: 'fda-2022',
  openingHours: [{ weekday: 5, opens: '18:00', closes: '02:00' }],
  specialDays: [{ date: '2026-12-25', hours: [{ opens: '10:00', closes: '14:00' }], note: 'Christmas' }],
  attributes: { drive_thru: 'yes' },
  ...{ latitude: 41.8827, longitude: -87.6233, radiusMetres: 120 },
})

const span = (own: Things) => ({
  ...{ from: '2026-01-01', to: '2026-12-31', locationId: own.location, groupId: own.group, templateId: own.template },
})

const readOf = (own: Things, id: string) => ({
  ...{ id, value: '38.5', unit: 'F', of: 'food', heldSeconds: 15, probeId: own.probe, note },
})
const pack = (own: Things) => ({ locationId: own.location, from: '2026-01-01', to: '2026-01-31' })
const point = ({ haccpPlan: planId, haccpPoint: pointId }: Things) => ({
  ...{ planId, pointId, from: '2026-01-01', to: '2026-01-31', language: 'es' },
})

/** The fields of a request that could be accepted, for every route that takes any beyond a page of a list. */
export const examplesOf = (own: Things, asked = askedWith(own.shown)): Record<string, Example> => ({
  'POST /first-run': {
    body: {
      organizationName: 'Blue Plate',
      locationName: 'Main Street',
      locationKind: 'cafe',
      timezone: 'America/Chicago',
      temperatureUnit: 'F',
      jurisdiction: 'us',
      name: 'Ada',
      email: 'ada@example.com',
      password: 'long enough a password',
    },
  },
  'PATCH /preferences': { body: { language: 'es', theme: 'contrast', density: 'kitchen', temperatureUnit: 'C' } },
  'POST /push/devices': { body: pushBrowser },
  'POST /push/devices/{id}/tests': { body: { language: 'es' } },
  'POST /push/renewals': { body: { endpoint: pushBrowser.target.endpoint, device: pushBrowser } },
  'PATCH /organizations/{id}': { body: { name: 'Blue Plate', brand: '#7a1f2b' } },
  'POST /members': { body: { name: 'Rosa', email: 'rosa@example.com', grants: [{ role: 'org:member' }] } },
  'PATCH /members/{id}': { body: { status: 'active', name: 'Ada', email: null } },
  'POST /grants': { body: { memberId: own.person, role: 'org:member', locationId: own.location } },
  'POST /roles': { body: { name: 'Closer', description: 'Closes up.', permissions: ['tasks.read'] } },
  'PATCH /roles/{id}': {
    body: { version: 1, name: 'Opener', description: 'Opens up.', permissions: ['tasks.read', 'tasks.update'] },
  },
  'POST /session/passkey': { body: passkey },
  'POST /session/passkey-confirmation': { body: passkey },
  'POST /session/confirmation': { body: { password: 'not the password', code: '123456', recoveryCode: 'abcd' } },
  'POST /sign-ups': { body: { email: 'new@example.com', language: 'en' } },
  'POST /sign-ups/link': { body: { token } },
  'POST /sign-ups/founding': {
    body: {
      token,
      organizationName: 'Blue Plate',
      locationName: 'Main Street',
      locationKind: 'cafe',
      timezone: 'America/Chicago',
      temperatureUnit: 'F',
      jurisdiction: 'us',
      name: 'Ada',
      password: 'long enough a password',
    },
  },
  'POST /password-resets': { body: { email: 'nobody@example.com', language: 'en' } },
  'POST /password-resets/password': { body: { token, password: 'long enough a password' } },
  'POST /invitations': {
    body: {
      email: 'rosa.new@example.com',
      grant: { role: 'org:member', roleId: null, groupId: null, locationId: own.location },
      language: 'en',
    },
  },
  'POST /invitations/{id}/links': { body: { language: 'es' } },
  'POST /invitations/opening': { body: { token } },
  'POST /invitations/acceptance': { body: { token, name: 'Rosa', password: 'long enough a password' } },
  'POST /email-confirmations': { body: { token } },
  'PUT /account/password': { body: { currentPassword: 'not the password', password: 'long enough a password' } },
  'POST /account/email-links': { body: { email: 'new@example.com', language: 'en' } },
  'PUT /account/authenticator': { body: { code: '123456' } },
  'POST /account/passkey-challenges': { body: { purpose: 'add' } },
  'POST /account/passkeys': { body: { ...passkey, name: 'Phone' } },
  'POST /session': {
    body: { email: 'nobody@example.com', password: 'not the password', code: '123456', recoveryCode: 'abcd' },
  },
  'POST /api-keys': {
    body: { name: 'Reports', scopes: ['temperature.read'], locationIds: [own.location], expiresAt: null },
  },
  'POST /devices': { body: { locationId: own.location, name: 'Gateway', kind: 'gateway' } },
  'POST /kiosks': { body: { locationId: own.location, name: 'Line tablet' } },
  'PATCH /kiosks/{id}': { body: { name: 'Line tablet', locked: false } },
  'POST /kiosk-enrolments': { body: { code: 'K7QX 3MRA' } },
  'POST /kiosk-session': { body: { memberId: own.member, pin: '402957' } },
  'POST /kiosk-signatures': { body: { memberId: own.member, pin: '402957' } },
  'PUT /pin': { body: { pin: '402957', currentPin: '402958' } },
  'GET /pins': { query: { locationId: own.location } },
  'POST /locations': {
    body: {
      name: 'Airport',
      kind: 'cafe',
      address: '1 Runway',
      timezone: 'America/Chicago',
      dayStartsAt: '04:00',
      temperatureUnit: 'F',
      jurisdiction: 'us',
      code: 'A-1',
      ...furniture(own),
    },
  },
  'PATCH /locations/{id}': {
    body: { name: 'Main Street', code: 'M-1', address: '1 Main Street', closed: false, ...furniture(own) },
  },
  'POST /member-imports': {
    query: { columns: 'name,email,role,place' },
    body: 'name,email,role,place\nZoe,,member,*\n',
    headers: { 'content-type': 'text/csv' },
  },
  'POST /location-imports': {
    query: { columns: 'name,kind,timezone' },
    body: 'name,kind,timezone\nPier,cafe,Europe/Rome\n',
    headers: { 'content-type': 'text/csv' },
  },
  'POST /location-groups': { body: { name: 'East', parentId: own.group } },
  'PATCH /location-groups/{id}': { body: { name: 'West', parentId: null, archived: false } },
  'POST /tasks': {
    body: {
      locationId: own.location,
      title: 'Mend the door',
      description: 'It does not close.',
      taskType: 'maintenance',
      priority: 'high',
      assignee: { memberId: own.member, name: 'Ada' },
      unitId: own.unit,
      dueAt: '2030-01-01T12:00:00Z',
      estimateMinutes: 30,
      steps: [{ id: '01890a5d-ac96-774b-bcce-b302099a8063', text: 'Find the screws' }],
      photos,
    },
  },
  'GET /tasks/assignees': { query: { locationId: own.location } },
  'GET /crews': { query: { locationIds: own.location } },
  'PATCH /tasks/{id}': {
    body: {
      status: 'in_progress',
      title: 'Mend the door now',
      description: 'It does not close.',
      taskType: 'maintenance',
      priority: 'urgent',
      assignee: { role: 'org:manager', name: 'Managers' },
      unitId: own.unit,
      dueAt: '2030-01-01T13:00:00Z',
      estimateMinutes: 60,
      steps: [{ id: '01890a5d-ac96-774b-bcce-b302099a8064', text: 'Find the screws' }],
    },
  },
  'POST /tasks/{id}/reopenings': { body: { comment: 'It squeaks.', dueAt: '2030-01-01T13:00:00Z' } },
  'POST /tasks/{id}/comments': {
    body: { text: 'Screws ordered.', photos },
  },
  'PUT /tasks/{id}/ticks': { body: { stepId: '01890a5d-ac96-774b-bcce-b302099a8066', done: true } },
  'POST /task-views': {
    body: {
      name: 'Late and mine',
      filter: {
        ...{ status: 'overdue', mine: 'true', watching: 'true', role: 'org:manager', taskType: 'cleaning' },
        q: 'ice',
      },
    },
  },
  'GET /place-codes': { query: { locationId: own.location } },
  'POST /place-codes': { body: { locationId: own.location, unitId: own.unit, label: 'By the door' } },
  'GET /fault-reports': { query: { code: '0123456789ABCDEFGHJK' } },
  'POST /fault-reports': {
    body: {
      code: '0123456789ABCDEFGHJK',
      reportId: '01890a5d-ac96-774b-bcce-b302099a8067',
      text: 'It leaks.',
      name: 'A guest',
      website: '',
    },
  },
  'PUT /tasks/{id}/watch': { body: { watching: true } },
  'POST /checklist-templates': { body: { name: 'Closing', category: 'closing', draft: asked, libraryKey: null } },
  'POST /checklist-template-imports': {
    body: 'section,question,kind\nLine,Clean?,yes/no\n',
    headers: { 'content-type': 'text/csv' },
  },
  'PATCH /checklist-templates/{id}': {
    body: { revision: 2, name: 'Opening again', category: 'opening', draft: asked, archived: false },
  },
  'POST /checklist-templates/{id}/copies': { body: { name: 'Opening, ours' } },
  'POST /checklist-templates/{id}/publications': { body: { revision: 2, note } },
  'POST /checklist-templates/{id}/roll-backs': { body: { revision: 2, note, version: 1 } },
  'GET /checklist-templates/{id}/comparison': { query: { from: '1' } },
  'GET /checklist-templates/{id}/local-changes': { query: { locationId: own.location } },
  'PUT /checklist-templates/{id}/local-changes': { body: { locationId: own.location, revision: 0, changes: {} } },
  'POST /organization-logos': { body: 'anything', headers: { 'content-type': 'application/octet-stream' } },
  'PUT /organization-logo': { body: { id: null } },
  'POST /inspections/logo.png': { body: { secret: own.inspectorSecret } },
  'POST /checklist-pictures': { body: 'anything', headers: { 'content-type': 'application/octet-stream' } },
  'POST /checklists': {
    body: { id: '01890a5d-ac96-774b-bcce-b302099a8040', templateId: own.template, locationId: own.location },
  },
  'POST /checklists/{id}/answers': {
    body: {
      ...{
        id: '01890a5d-ac96-774b-bcce-b302099a8041',
        itemId: asked.sections[0]?.items[0]?.id,
        entryId: own.checklist,
      },
      ...{
        value: { kind: 'choice', options: [asked.sections[0]?.items[0]?.options[0]?.id] },
        notApplicable: false,
      },
      ...{ note, photos, becomesTask: true, knew: ['01890a5d-ac96-774b-bcce-b302099a8041'] },
    },
  },
  'POST /checklists/{id}/completion': { body: { reason: 'No delivery came.' } },
  'POST /checklists/{id}/hand-overs': {
    body: { id: '01890a5d-ac96-774b-bcce-b302099a8046', to: { id: own.member, name: 'Priya' }, note },
  },
  'POST /checklists/{id}/presences': {
    body: {
      id: '01890a5d-ac96-774b-bcce-b302099a8047',
      shown: {
        ...{ method: 'position', distanceMetres: 40, accuracyMetres: 15 },
        from: { latitude: 41.8827, longitude: -87.6233 },
      },
    },
  },
  'POST /checklists/{id}/sign-offs': {
    body: {
      ...{ id: '01890a5d-ac96-774b-bcce-b302099a8042', meaning: 'performed', digest: 'a'.repeat(64) },
      ...{
        answers: ['01890a5d-ac96-774b-bcce-b302099a8041'],
        presences: ['01890a5d-ac96-774b-bcce-b302099a8047'],
        note,
      },
      ...{ signature: { pin: '402957' } },
    },
  },
  'POST /tasks/{id}/excuse': { body: { reason: 'The plumber comes on Monday.' } },
  'POST /checklists/{id}/excuse': { body: { reason: 'The power was out all morning.' } },
  'GET /ledger/history': { query: { kind: 'tasks', id: own.task } },
  'GET /ledger/proof': { query: { kind: 'tasks', id: own.task } },
  'GET /ledger/head': { query: { logId: '01890a5d-ac96-774b-bcce-b302099a8047' } },
  'GET /inspector-packs/check': { query: pack(own) },
  'GET /inspector-packs/pack.pdf': { query: { ...pack(own), language: 'es' } },
  'GET /inspector-packs/pack.xlsx': { query: { ...pack(own), language: 'es' } },
  'GET /haccp-points/report.pdf': { query: point(own) },
  'GET /haccp-points/report.xlsx': { query: point(own) },
  'GET /haccp-points/report.csv': { query: point(own) },
  'POST /papers/verifications': { body: { code: own.paperCode } },
  'GET /inspector-links': { query: { locationId: own.location } },
  'POST /inspector-links': {
    body: { ...pack(own), language: 'es', givenTo: 'County health department', days: 7, photos: true },
  },
  'GET /report-mailings': { query: { locationId: own.location } },
  'POST /report-mailings': {
    body: {
      ...{ locationId: own.location, every: 'month', recipients: ['officer@county.example'], givenTo: 'County' },
      ...{ language: 'es', photos: true, waitsForGaps: false },
    },
  },
  'POST /inspections': { body: { secret: own.inspectorSecret } },
  'POST /inspections/pack.pdf': { body: { secret: own.inspectorSecret } },
  'GET /haccp-plans': { query: { locationId: own.location } },
  'POST /haccp-plans': {
    body: { locationId: own.location, name: 'Bar', from: { planId: own.haccpPlan }, language: 'es' },
  },
  'GET /haccp-choices': { query: { locationId: own.location } },
  'PUT /haccp-plans/{id}/draft': { body: { revision: 2, draft: plannedWith(own.unit, own.schedule) } },
  'PATCH /haccp-plans/{id}': { body: { name: 'Bakery', archived: false } },
  'POST /haccp-plans/{id}/revisions': { body: { revision: 2, note } },
  'GET /haccp-revisions/{id}/plan.pdf': { query: { language: 'es' } },
  'POST /haccp-revisions/{id}/signatures': {
    body: { meaning: 'reviewed', digest: own.haccpRevision?.digest ?? 'a'.repeat(64), comment: note },
  },
  'GET /haccp-plans/{id}/monitoring': { query: { from: '2026-01-01', to: '2026-01-31' } },
  'GET /audits': {
    query: {
      ...{ locationId: own.location, templateId: own.template, checklistId: own.checklist, auditType: 'internal' },
      ...{ status: 'pass', from: '2026-01-01', to: '2026-01-31' },
    },
  },
  'GET /audits/league': {
    query: { from: '2026-01-01', to: '2026-01-31', templateId: own.template, auditType: 'internal' },
  },
  'GET /audits.csv': { query: { locationId: own.location, status: 'pass', from: '2026-01-01', to: '2026-01-31' } },
  'GET /findings': {
    query: {
      ...{ locationId: own.location, templateId: own.template, checklistId: own.checklist, taskId: own.task },
      ...{ state: 'owed', severity: 'critical', overdue: 'false', sort: 'newest' },
    },
  },
  'GET /findings.csv': { query: { locationId: own.location, state: 'fixed', severity: 'minor', overdue: 'true' } },
  'GET /findings/most-found': {
    query: { locationId: own.location, from: '2026-01-01', to: '2026-12-31', limit: '5' },
  },
  'POST /findings/{id}/fixes': {
    body: {
      ...{ stepId: '01890a5d-ac96-774b-bcce-b302099a8043', note, cause: 'equipment', photos },
      cost: { micro: 12_500_000, currency: 'USD' },
    },
  },
  'POST /findings/{id}/verifications': {
    body: {
      ...{ stepId: '01890a5d-ac96-774b-bcce-b302099a8044', fixId: '01890a5d-ac96-774b-bcce-b302099a8043', note },
      signature: { pin: '402957' },
    },
  },
  'POST /findings/{id}/returns': {
    body: {
      ...{ stepId: '01890a5d-ac96-774b-bcce-b302099a8045', fixId: '01890a5d-ac96-774b-bcce-b302099a8043' },
      reason: 'Still greasy.',
    },
  },
  'GET /checklists/oddities': { query: { days: '7', locationId: own.location } },
  'GET /checklist-completion': { query: { ...span(own), by: 'location' } },
  'GET /checklist-completion.csv': { query: { ...span(own), by: 'week' } },
  'GET /checklist-failures': { query: span(own) },
  'GET /checklist-failures.csv': { query: span(own) },
  'GET /checklist-outcomes': { query: { ...span(own), outcome: 'missed', failedItemId: own.template } },
  'GET /checklist-outcomes.csv': { query: span(own) },
  'GET /audit-calendar': {
    query: { from: '2026-01-01', to: '2026-01-31', locationId: own.location, groupId: own.group },
  },
  'GET /checklist-plan': {
    query: { from: '2026-01-01', to: '2026-01-31', locationId: own.location, groupId: own.group },
  },
  'POST /checklist-schedules': { body: scheduled(own.template, own.location, own.group) },
  'POST /checklist-schedule-previews': { body: scheduled(own.template, own.location, own.group) },
  'PATCH /checklist-schedules/{id}': {
    body: {
      revision: 9,
      name: 'Every closing',
      paused: true,
      ended: true,
      role: null,
      timing: scheduled('', own.location, own.group).timing,
      target: scheduled('', own.location, own.group).target,
    },
  },
  'GET /processes': {
    query: {
      ...{ locationId: own.location, kind: 'cooling', state: 'running', result: 'running' },
      ...{ from: '2026-01-01', to: '2026-12-31' },
    },
  },
  'GET /processes.csv': { query: { locationId: own.location, from: '2026-01-01', to: '2026-12-31' } },
  'POST /processes': {
    body: {
      ...{ id: '01890a5d-ac96-774b-bcce-b302099a8071', locationId: own.location, product: 'Chicken salad' },
      ...{ batch: 'B 7', amount: '4 kg', reading: readOf(own, '01890a5d-ac96-774b-bcce-b302099a8072') },
      plan: { kind: 'date_mark', ingredientPrepDates: ['2026-11-01'], manufacturerUseBy: '2026-11-05' },
    },
  },
  'POST /processes/{id}/readings': {
    body: { ...readOf(own, '01890a5d-ac96-774b-bcce-b302099a8073'), step: 'reading' },
  },
  'POST /processes/{id}/corrections': {
    body: {
      ...{ id: '01890a5d-ac96-774b-bcce-b302099a8074', correctsId: '01890a5d-ac96-774b-bcce-b302099a8073' },
      ...{ value: '40', unit: 'F', reason: 'Misread.' },
    },
  },
  'POST /processes/{id}/events': { body: { id: '01890a5d-ac96-774b-bcce-b302099a8075', event: 'froze', note } },
  'POST /processes/{id}/completion': {
    body: { id: '01890a5d-ac96-774b-bcce-b302099a8076', disposition: 'used', note },
  },
  'POST /processes/{id}/verification': {
    body: { id: '01890a5d-ac96-774b-bcce-b302099a8077', note, signature: { pin: '402957' } },
  },
  'GET /probes': { query: { locationId: own.location } },
  'POST /probes': {
    body: {
      ...{ id: '01890a5d-ac96-774b-bcce-b302099a8078', locationId: own.location, name: 'Blue', serial: 'T-100' },
      everyDays: 30,
    },
  },
  'PATCH /probes/{id}': { body: { name: 'Blue again', serial: 'T-101', everyDays: 14, retired: false } },
  'POST /probes/{id}/calibrations': {
    body: {
      ...{
        id: '01890a5d-ac96-774b-bcce-b302099a8079',
        method: 'boiling',
        altitudeMetres: 180,
        value: '211',
        unit: 'F',
      },
      note,
    },
  },
  'GET /duties': { query: { locationId: own.location } },
  'GET /duty-candidates': { query: { locationId: own.location } },
  'POST /duties/{id}/undo': { body: { undoes: 'end' } },
  'POST /duties': {
    body: { locationId: own.location, endsAt: inAnHour, memberId: own.member, signature: { pin: '402957' } },
  },
  'POST /matters/{id}/acknowledgements': { body: { holdMinutes: 30, note } },
  'POST /matters/{id}/notes': { body: { note } },
  'POST /matters/{id}/closure': { body: { note, signature: { pin: '402957' } } },
  'GET /matters': { query: { locationId: own.location, kind: 'temperature', state: 'open', mine: 'true' } },
  'PUT /alert-policies': {
    body: {
      ...{ kind: 'checklist', severity: 'normal', groupId: null, locationId: own.location, revision: 0 },
      policy: alertRule,
    },
  },
  'POST /alert-policies/previews': {
    body: { kind: 'checklist', severity: 'normal', locationId: own.location, policy: alertRule },
  },
  'PUT /notice-preferences': {
    body: {
      ...{ zone: 'America/Chicago', quiet: { from: '22:00', to: '06:00' }, byPush: true, byEmail: false },
      muted: ['task'],
    },
  },
  'POST /units': { body: { locationId: own.location, name: 'Walk-in', kind: 'walk_in_cooler', position: 1, policy } },
  'PATCH /units/{id}': { body: { name: 'Walk-in again', position: 2, retired: false } },
  'POST /units/{id}/policies': { body: { ...policy, reason: 'It moved.' } },
  'GET /units/{id}/series': { query: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' } },
  'POST /sensors': {
    body: {
      unitId: own.unit,
      name: 'Probe',
      externalId: 'another-probe',
      channel: '',
      model: 'elsys/ers',
      cadenceSeconds: 600,
    },
  },
  'PATCH /sensors/{id}': { body: { name: 'Probe', unitId: own.unit, cadenceSeconds: 600, retired: false } },
  'POST /temperature-logs': {
    body: {
      unitId: own.unit,
      value: '140',
      unit: 'F',
      measuredAt: new Date().toISOString(),
      probe: 'Red',
      note,
      photos,
    },
  },
  'POST /temperature-logs/{id}/corrections': { body: { value: '141', unit: 'F', reason: 'Misread.' } },
  'POST /fault-reports/photos': {
    query: { code: '0123456789ABCDEFGHJK', reportId: '01890a5d-ac96-774b-bcce-b302099a8067' },
    body: 'anything',
    headers: { 'content-type': 'application/octet-stream' },
  },
  'POST /files/uploads': { headers: { 'tus-resumable': '1.0.0' } },
  'PATCH /files/uploads/{id}': {
    body: 'anything',
    headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
  },
  'POST /files/handed-over': { headers: { 'tus-resumable': '1.0.0' } },
  'PATCH /files/handed-over/{id}': {
    body: 'anything',
    headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
  },
  'POST /files/{id}/replacements': { body: { id: '01890a5d-ac96-774b-bcce-b302099a8058', sha256: 'a'.repeat(64) } },
  'POST /files/{id}/abandonments': { body: { reason: 'It was never a photo.' } },
  'GET /evidence': { query: { ownerKind: 'corrective_action', ownerId: own.action } },
  'POST /evidence/waivers': {
    body: { ownerKind: 'corrective_action', ownerId: own.action, reason: 'The tablet is lost.' },
  },
  'POST /alarms/{id}/acknowledgement': { body: { note } },
  'POST /corrective-actions/{id}/response': {
    body: { cause: 'defrost', action: 'closed_door', disposition: 'kept_safe', note, photos },
  },
  'POST /corrective-actions/{id}/recheck': { body: { value: '140', unit: 'F', probe: 'Red', note } },
  'POST /corrective-actions/{id}/closure': { body: { note, signature: { pin: '402957' } } },
  'POST /corrective-actions/{id}/verification': { body: { note, signature: { pin: '402957' } } },
  'POST /sync/pull': { body: { clientId, cursor, follow: [own.location] } },
  'POST /sync/verify': { body: { clientId, cursor } },
  'POST /sync/push': { body: sentWork },
  'POST /sync/drain': { body: { ...sentWork, drainKey: token } },
  'POST /sync/quarantine/{id}/acceptance': { body: { reason: note } },
  'POST /sync/quarantine/{id}/rejection': { body: { reason: note } },
  'POST /ingest/readings': {
    body: { readings: [{ sensorId: own.sensor, measuredAt: new Date().toISOString(), value: 140, unit: 'F', seq: 7 }] },
  },
  'POST /ingest/ttn': {
    body: {
      end_device_ids: { device_id: own.externalId, dev_eui: '70B3D57ED0000000' },
      received_at: new Date().toISOString(),
      uplink_message: { f_port: 5, f_cnt: 1, frm_payload: 'AQDi', received_at: new Date().toISOString() },
    },
  },
  'POST /audit-imports': {
    query: { fileName: 'city.csv' },
    body: 'Inspection ID,DBA Name,Inspection Date,Results\n9,A,01/02/2026,Pass\n',
    headers: { 'content-type': 'application/octet-stream' },
  },
  'PUT /audit-imports/{id}/reading': {
    body: {
      encoding: 'utf-8',
      mapping: {
        source: 'chicago',
        dateFormat: 'month_first',
        columns: {
          ...{ inspectionId: 0, name: 1, placeId: 2, date: 4, type: 5, result: 6, violations: 7 },
          ...{ score: null, grade: null, violationCode: null, violationText: null, critical: null },
        },
        address: [3],
      },
    },
  },
  'PUT /audit-imports/{id}/places': { body: { items: [{ placeId: own.importPlace, locationId: own.location }] } },
  'POST /audit-imports/{id}/runs': { body: { makeTemplates: false } },
  'POST /imports': {
    query: { unitId: own.unit, fileName: 'freezer.csv' },
    body: 'time,temperature F\n2026-01-01T00:00:00Z,140\n',
    headers: { 'content-type': 'text/csv' },
  },
  'POST /imports/{id}/runs': {
    body: {
      mapping: {
        time: { column: 0, timeOfDayColumn: null, format: 'iso' },
        temperature: { column: 1, unit: 'F' },
        sensorColumn: null,
      },
    },
  },
})

/** Whose id stands in a path, by the collection before it. */
export const idIn = (path: string, things: Things): string => {
  const collection = path.split('/')[1] ?? ''
  const id = {
    organizations: things.organization,
    members: things.person,
    grants: things.grant,
    roles: things.role,
    account: things.session,
    invitations: things.invitation,
    'api-keys': things.apiKey,
    devices: things.device,
    kiosks: things.kiosk,
    locations: things.location,
    'location-groups': things.group,
    tasks: things.task,
    'checklist-templates': things.template,
    'organization-logos': things.logo,
    'checklist-pictures': things.picture,
    'checklist-versions': things.version,
    checklists: things.checklist,
    audits: things.audit,
    'audit-imports': things.auditImport,
    'imported-audits': things.importedAudit,
    findings: things.finding,
    'checklist-schedules': things.schedule,
    'task-views': things.view,
    matters: things.matter,
    duties: things.duty,
    processes: things.process,
    probes: things.probe,
    'alert-policies': things.alertPolicy,
    'place-codes': things.placeCode,
    'inspector-links': things.inspectorLink,
    'haccp-plans': things.haccpPlan,
    'haccp-revisions': things.haccpRevision?.id,
    'report-mailings': things.mailing,
    // Nothing is sent while this server's jobs rest.
    'report-sendings': things.mailing,
    push: things.pushDevice,
    units: things.unit,
    sensors: things.sensor,
    'temperature-logs': things.log,
    alarms: things.alarm,
    'corrective-actions': things.action,
    imports: things.import,
    files: things.file,
    sync: things.setAside,
  }[collection]
  if (!id)
    throw new Error(`Nothing stands for the id in ${path}. Make one in kitchen.ts, and name it here, in examples.ts.`)
  return id
}
