import { Task } from '@opsflow/capabilities/tasks'
import { defineRoutes, IdParams, Instant, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { ClosureInput, correctiveActionRefusals, ResponseInput, VerificationInput } from './corrective-action.ts'
import { ColumnMapping, GuessedColumns } from './csv-columns.ts'
import {
  IngestAnswer,
  IngestReading,
  ingestRefusals,
  MAX_INGEST,
  NewTemperatureLog,
  TemperatureCorrection,
  TemperatureLog,
  TypedValue,
} from './readings.ts'
import { Alarm, CorrectiveActionRecord, ReadValue, UnitState } from './records.ts'
import { UnitKind } from './unit.ts'
import { UnitPolicyInput } from './unit-policy.ts'

const Name = z.string().trim().min(1).max(120)
const Flag = z.enum(['true', 'false'])

/** An instant to look from or to, or to begin at: a calendar the database knows too. */
const When = Instant.refine((text) => Date.parse(text) >= 0 && Date.parse(text) < Date.UTC(2200), 'From 1970 to 2199.')

const AtLocation = PageQuery.extend({ locationId: z.uuid().optional() })

export const UnitPolicyRecord = UnitPolicyInput.extend({
  id: z.uuid(),
  startsAt: Instant,
  reason: z.string(),
  createdAt: Instant,
}).meta({ id: 'UnitPolicy' })

export const Unit = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    name: z.string(),
    kind: UnitKind,
    position: z.int(),
    createdAt: Instant,
    retiredAt: Instant.nullable(),
    /** The version that holds now. */
    policy: UnitPolicyRecord,
    state: UnitState,
  })
  .meta({ id: 'Unit' })
export type Unit = z.infer<typeof Unit>

export const Sensor = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    unitId: z.uuid(),
    name: z.string(),
    externalId: z.string().nullable(),
    channel: z.string(),
    model: z.string(),
    /** How often it speaks; null for one that is only imported and owes nobody a reading. */
    cadenceSeconds: z.int().nullable(),
    lastMeasuredAt: Instant.nullable(),
    lastReceivedAt: Instant.nullable(),
    createdAt: Instant,
    retiredAt: Instant.nullable(),
  })
  .meta({ id: 'Sensor' })
export type Sensor = z.infer<typeof Sensor>

const sensorFields = {
  name: Name,
  unitId: z.uuid(),
  externalId: z.string().trim().min(1).max(200).nullable(),
  channel: z.string().trim().max(60),
  model: z.string().trim().max(120),
  cadenceSeconds: z.int().min(10).max(86_400),
}

export const ExcursionRecord = z
  .object({
    id: z.uuid(),
    unitId: z.uuid(),
    unitName: z.string(),
    locationId: z.uuid(),
    sensorId: z.uuid().nullable(),
    side: z.enum(['above', 'below']),
    startedAt: Instant,
    /** When it had lasted longer than grace; null if it never did. */
    alarmedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    peak: z.object({ milli: z.int(), unit: z.enum(['F', 'C']) }).nullable(),
    /** Learned from readings that came after the fact: nobody was woken. */
    foundLate: z.boolean(),
    alarmId: z.uuid().nullable(),
  })
  .meta({ id: 'Excursion' })
export type ExcursionRecord = z.infer<typeof ExcursionRecord>

export const UnitSeries = z
  .object({
    unitId: z.uuid(),
    from: Instant,
    to: Instant,
    temperatureUnit: z.enum(['F', 'C']),
    /** readings: the lowest and highest of each stretch, as read · hours: means, with the range of each hour. */
    resolution: z.enum(['readings', 'hours']),
    lines: z.array(
      z.object({
        sensorId: z.uuid(),
        name: z.string(),
        /** [milliseconds since 1970, thousandths of the unit]; null is a gap: nothing was heard for too long. */
        points: z.array(z.tuple([z.int(), z.int().nullable()])),
        ranges: z.array(z.tuple([z.int(), z.int(), z.int()])),
      }),
    ),
    /** Readings by hand. */
    marks: z.array(
      z.object({
        id: z.uuid(),
        at: z.int(),
        milli: z.int(),
        value: ReadValue,
        isCompliant: z.boolean().nullable(),
        by: z.string().nullable(),
      }),
    ),
    /** The alarm limits over time; null is no bound. */
    bands: z.array(
      z.object({ from: z.int(), to: z.int(), maxMilli: z.int().nullable(), minMilli: z.int().nullable() }),
    ),
    excursions: z.array(ExcursionRecord),
  })
  .meta({ id: 'UnitSeries' })
export type UnitSeries = z.infer<typeof UnitSeries>

const Import = z
  .object({
    id: z.uuid(),
    unitId: z.uuid(),
    unitName: z.string(),
    locationId: z.uuid(),
    sensorId: z.uuid().nullable(),
    fileName: z.string(),
    state: z.enum(['previewed', 'running', 'paused', 'done', 'failed']),
    rowsTotal: z.int(),
    rowsDone: z.int(),
    rowsAccepted: z.int(),
    rowsDuplicate: z.int(),
    rowsRejected: z.int(),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'Import' })
export type Import = z.infer<typeof Import>

const CellError = z.object({ column: z.string(), code: z.string(), message: z.string() })

const ImportPreview = z
  .object({
    import: Import,
    columns: z.array(z.string()),
    /** The likely meaning of the columns; null when time or temperature was not found. */
    mapping: GuessedColumns.nullable(),
    /** Where the file names no unit: the one its values tell, to propose to who decides. Null where they do not tell. */
    likelyUnit: z.object({ unit: z.enum(['F', 'C']), middle: z.number(), unitKind: UnitKind }).nullable(),
    missing: z.array(z.enum(['time', 'temperature'])),
    doubts: z.array(z.enum(['unit_unnamed', 'day_and_month_ambiguous'])),
    /** Wall-clock times are read on this clock, the location's. */
    timezone: z.string(),
    rows: z.array(
      z.object({
        row: z.int(),
        cells: z.array(z.string()),
        measuredAt: Instant.nullable(),
        value: z.string().nullable(),
        unit: z.enum(['F', 'C']).nullable(),
        problems: z.array(CellError),
      }),
    ),
  })
  .meta({ id: 'ImportPreview' })
export type ImportPreview = z.infer<typeof ImportPreview>

const CsvBytes = z
  .custom<Uint8Array>((body) => body instanceof Uint8Array && body.length > 0, 'Send the file as the body.')
  .meta({ override: { type: 'string' }, description: 'CSV in UTF-8, with a header line; at most 1,000,000 rows.' })

const Counts = z.object({
  units: z.int(),
  ok: z.int(),
  drifting: z.int(),
  alarm: z.int(),
  fault: z.int(),
  silent: z.int(),
  noData: z.int(),
  openAlarms: z.int(),
  openCorrectiveActions: z.int(),
  tasksOpen: z.int(),
  tasksOverdue: z.int(),
  readingsToday: z.int(),
  compliantToday: z.int(),
  judgedToday: z.int(),
})

export const Dashboard = z
  .object({
    /** Version of each location's facts when this was read: what comes after is applied on top. */
    versions: z.record(z.uuid(), z.int()),
    locations: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        kind: z.string(),
        timezone: z.string(),
        temperatureUnit: z.enum(['F', 'C']),
        /** The node of the organization's tree it lies under. */
        group: z.object({ id: z.uuid(), name: z.string() }).nullable(),
        counts: Counts,
      }),
    ),
    units: z.array(UnitState),
    alarms: z.array(Alarm),
    tasks: z.array(Task),
    correctiveActions: z.array(CorrectiveActionRecord),
  })
  .meta({ id: 'Dashboard' })
export type Dashboard = z.infer<typeof Dashboard>

/** What led to today, and who is at work in it. */
export const Week = z
  .object({
    /** Today and the seven business days before it, by location; a day on which nothing happened is not there. */
    days: z.array(
      z.object({
        locationId: z.uuid(),
        day: z.iso.date(),
        judged: z.int(),
        compliant: z.int(),
        alarms: z.int(),
        correctiveActions: z.int(),
        tasksDone: z.int(),
      }),
    ),
    /** Whoever recorded, corrected or completed something in this business day, the latest first. */
    people: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        locationId: z.uuid(),
        lastAt: z.iso.datetime({ offset: true }),
        records: z.int(),
      }),
    ),
  })
  .meta({ id: 'Week' })
export type Week = z.infer<typeof Week>

const PublishedLimit = z
  .object({
    id: z.string(),
    what: z.string(),
    op: z.enum(['<=', '<', '>=', '>', 'abs<=']),
    milliF: z.int().nullable(),
    milliC: z.int().nullable(),
    code: z.string(),
    jurisdiction: z.string(),
    edition: z.string(),
    designation: z.string().nullable(),
    source: z.string(),
    effectiveFrom: z.string().nullable(),
    effectiveTo: z.string().nullable(),
    confirmWithAuthority: z.boolean(),
  })
  .meta({ id: 'PublishedLimit' })

const Edition = z
  .object({
    id: z.string(),
    title: z.string(),
    effectiveFrom: z.string().nullable(),
    effectiveTo: z.string().nullable(),
  })
  .meta({ id: 'RuleEdition' })

/** The Things Stack's uplink, as far as it is read here; it sends much more. */
export const TtnUplink = z
  .looseObject({
    end_device_ids: z.looseObject({ device_id: z.string().max(200), dev_eui: z.string().max(32).optional() }),
    received_at: z.string().max(40).optional(),
    uplink_message: z.looseObject({
      f_port: z.int().min(0).max(255).optional(),
      f_cnt: z.int().min(0).optional(),
      frm_payload: z.string().max(1024).optional(),
      received_at: z.string().max(40).optional(),
    }),
  })
  .meta({ id: 'TtnUplink' })
export type TtnUplink = z.output<typeof TtnUplink>

export const temperatureRoutes = defineRoutes({
  'GET /dashboard': {
    summary: 'Everything a board shows, in one answer',
    description:
      'Of one location, or of every location you may see. Open alarms, tasks and corrective actions: at most 50 each.',
    tag: 'dashboard',
    permission: 'temperature.read',
    query: z.strictObject({ locationId: z.uuid().optional() }),
    response: Dashboard,
  },
  'GET /dashboard/week': {
    summary: 'What the last eight business days came to, and who is at work today',
    description:
      'Counted from hourly sums and from what was raised, opened and done. Worth asking for every few minutes.',
    tag: 'dashboard',
    permission: 'temperature.read',
    query: z.strictObject({ locationId: z.uuid().optional() }),
    response: Week,
  },
  'GET /units': {
    summary: 'Units, in the order of the kitchen',
    tag: 'units',
    permission: 'temperature.read',
    query: AtLocation.extend({ state: z.enum(['active', 'retired', 'any']).default('active') }),
    response: page(Unit),
  },
  'POST /units': {
    summary: 'Set up a unit',
    description: 'Without a policy it starts with the published limits and the alarm policy usual for its kind.',
    tag: 'units',
    permission: 'temperature.configure',
    body: z.strictObject({
      locationId: z.uuid(),
      name: Name,
      kind: UnitKind,
      position: z.int().min(0).max(10_000).default(0),
      policy: UnitPolicyInput.optional(),
    }),
    response: Unit,
    status: 201,
    refusals: ['temperature.unit_name_taken'],
  },
  'GET /units/{id}': {
    summary: 'One unit',
    tag: 'units',
    permission: 'temperature.read',
    params: IdParams,
    response: Unit,
  },
  'PATCH /units/{id}': {
    summary: 'Rename, reorder, retire or bring back a unit',
    tag: 'units',
    permission: 'temperature.configure',
    params: IdParams,
    body: z
      .strictObject({ name: Name, position: z.int().min(0).max(10_000), retired: z.boolean() })
      .partial()
      .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change.'),
    response: Unit,
    refusals: ['temperature.unit_name_taken'],
  },
  'GET /units/{id}/policies': {
    summary: 'How the unit is judged: every version, newest first',
    tag: 'units',
    permission: 'temperature.read',
    params: IdParams,
    response: z.object({ items: z.array(UnitPolicyRecord) }),
  },
  'POST /units/{id}/policies': {
    summary: 'Judge the unit differently from now on, or from a later instant',
    description: 'The past keeps the version it was judged by.',
    tag: 'units',
    permission: 'temperature.configure',
    params: IdParams,
    body: UnitPolicyInput.extend({
      startsAt: When.optional(),
      reason: z.string().trim().max(500).default(''),
    }),
    response: UnitPolicyRecord,
    status: 201,
    refusals: ['temperature.policy_starts_in_past'],
  },
  'GET /units/{id}/series': {
    summary: 'What a chart of the unit draws',
    tag: 'units',
    permission: 'temperature.read',
    params: IdParams,
    query: z
      .strictObject({
        from: When,
        to: When,
        points: z.coerce.number().int().min(10).max(2000).default(800),
        unit: z.enum(['F', 'C']).optional(),
      })
      .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'Must be after from.' }),
    response: UnitSeries,
  },
  'GET /sensors': {
    summary: 'Sensors, by name',
    tag: 'sensors',
    permission: 'temperature.read',
    query: AtLocation.extend({
      unitId: z.uuid().optional(),
      state: z.enum(['active', 'retired', 'any']).default('active'),
    }),
    response: page(Sensor),
  },
  'POST /sensors': {
    summary: 'Set up a sensor of a unit',
    tag: 'sensors',
    permission: 'temperature.configure',
    body: z.strictObject({
      ...sensorFields,
      externalId: sensorFields.externalId.default(null),
      channel: sensorFields.channel.default(''),
      model: sensorFields.model.default(''),
      cadenceSeconds: sensorFields.cadenceSeconds.default(600),
    }),
    response: Sensor,
    status: 201,
    refusals: ['temperature.sensor_external_id_taken'],
  },
  'PATCH /sensors/{id}': {
    summary: 'Rename, move to another unit of the location, or retire a sensor',
    tag: 'sensors',
    permission: 'temperature.configure',
    params: IdParams,
    body: z
      .strictObject({ ...sensorFields, retired: z.boolean() })
      .partial()
      .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change.'),
    response: Sensor,
    refusals: ['temperature.sensor_external_id_taken', 'temperature.sensor_leaves_location'],
  },
  'GET /limits': {
    summary: 'Published limits, as printed, and their editions',
    tag: 'limits',
    permission: 'temperature.read',
    response: z.object({ limits: z.array(PublishedLimit), editions: z.array(Edition) }),
  },
  'GET /temperature-logs': {
    summary: 'Recorded temperatures, latest measured first',
    tag: 'temperature-logs',
    permission: 'temperature.read',
    query: AtLocation.extend({
      unitId: z.uuid().optional(),
      from: When.optional(),
      to: When.optional(),
      compliant: Flag.optional(),
      source: z.enum(['sensor', 'probe', 'typed', 'imported']).optional(),
    }),
    response: page(TemperatureLog),
  },
  'POST /temperature-logs': {
    summary: 'Record a temperature read by a person',
    description: 'Outside the limits it opens a corrective action in the same transaction.',
    tag: 'temperature-logs',
    permission: 'temperature.record',
    body: NewTemperatureLog,
    response: TemperatureLog.extend({
      correctiveActionId: z.uuid().nullable(),
      correctiveActionRequired: z.boolean(),
    }),
    status: 201,
    refusals: [...ingestRefusals.slice(2, 4), 'temperature.value_not_a_number', 'temperature.value_implausible'],
  },
  'GET /temperature-logs/{id}': {
    summary: 'One recorded temperature',
    tag: 'temperature-logs',
    permission: 'temperature.read',
    params: IdParams,
    response: TemperatureLog,
  },
  'POST /temperature-logs/{id}/corrections': {
    summary: 'Correct a reading taken by hand',
    description: 'Appends a new version with author and reason; the first stays as it was recorded.',
    tag: 'temperature-logs',
    permission: 'temperature.record',
    params: IdParams,
    body: TemperatureCorrection,
    response: TemperatureLog.extend({
      correctiveActionId: z.uuid().nullable(),
      correctiveActionRequired: z.boolean(),
    }),
    status: 201,
    refusals: ['temperature.not_correctable', 'temperature.corrected_already', 'temperature.value_not_a_number'],
  },
  'GET /excursions': {
    summary: 'Periods outside the alarm limits, latest first',
    tag: 'excursions',
    permission: 'temperature.read',
    query: AtLocation.extend({
      unitId: z.uuid().optional(),
      from: When.optional(),
      to: When.optional(),
      open: Flag.optional(),
      alarmed: Flag.optional(),
    }),
    response: page(ExcursionRecord),
  },
  'GET /alarms': {
    summary: 'Alarms, latest first',
    tag: 'alarms',
    permission: 'temperature.read',
    query: AtLocation.extend({ state: z.enum(['open', 'all']).default('open'), unitId: z.uuid().optional() }),
    response: page(Alarm),
  },
  'GET /alarms/{id}': {
    summary: 'One alarm',
    tag: 'alarms',
    permission: 'temperature.read',
    params: IdParams,
    response: Alarm,
  },
  'POST /alarms/{id}/acknowledgement': {
    summary: 'Say that you are looking after it',
    description: 'The first to say so is the one on record.',
    tag: 'alarms',
    permission: 'temperature.acknowledge',
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({ note: z.string().trim().max(2000).default('') }),
    response: Alarm,
    refusals: ['temperature.alarm_closed'],
  },
  'GET /corrective-actions': {
    summary: 'Corrective actions, latest opened first',
    description: '`state=open`: not closed yet. `state=unverified`: not verified yet.',
    tag: 'corrective-actions',
    permission: 'temperature.read',
    query: AtLocation.extend({
      unitId: z.uuid().optional(),
      state: z.enum(['open', 'unverified', 'all', ...CorrectiveActionRecord.shape.state.options]).default('all'),
    }),
    response: page(CorrectiveActionRecord),
  },
  'GET /corrective-actions/{id}': {
    summary: 'One corrective action with its history',
    tag: 'corrective-actions',
    permission: 'temperature.read',
    params: IdParams,
    response: CorrectiveActionRecord,
  },
  'POST /corrective-actions/{id}/response': {
    summary: 'Cause, action and disposition',
    description: 'May be said again, better, until it is closed: the earlier answer stays in the history.',
    tag: 'corrective-actions',
    permission: 'temperature.correct',
    callers: ['member'],
    params: IdParams,
    body: ResponseInput,
    response: CorrectiveActionRecord,
    refusals: correctiveActionRefusals,
  },
  'POST /corrective-actions/{id}/recheck': {
    summary: 'The temperature afterwards',
    description: 'Recorded as a reading of the unit. It passes only within the limit.',
    tag: 'corrective-actions',
    permission: 'temperature.correct',
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({
      value: TypedValue,
      unit: z.enum(['F', 'C']),
      probe: z.string().trim().min(1).max(60).optional(),
      note: z.string().trim().max(2000).default(''),
    }),
    response: CorrectiveActionRecord,
    refusals: correctiveActionRefusals,
  },
  'POST /corrective-actions/{id}/closure': {
    summary: 'Close it: the unit is within its limit again',
    description:
      'Closes its alarm and completes its task in the same transaction. Signed with the PIN on a shared tablet.',
    tag: 'corrective-actions',
    permission: 'temperature.correct',
    callers: ['member'],
    params: IdParams,
    body: ClosureInput,
    response: CorrectiveActionRecord,
    refusals: [...correctiveActionRefusals, 'signature.missing'],
  },
  'POST /corrective-actions/{id}/verification': {
    summary: 'Confirm it as someone who took no part',
    description: 'Signed with the PIN on a shared tablet.',
    tag: 'corrective-actions',
    permission: 'temperature.verify',
    callers: ['member'],
    params: IdParams,
    body: VerificationInput,
    response: CorrectiveActionRecord,
    refusals: [...correctiveActionRefusals, 'signature.missing'],
  },
  'POST /ingest/readings': {
    summary: 'Readings of sensors, up to 500 at once',
    description:
      'Each is answered by itself: accepted, duplicate or rejected with a code. Delete only what was accepted or is a duplicate.',
    tag: 'ingest',
    permission: 'temperature.ingest',
    callers: ['device', 'key'],
    body: z.strictObject({
      readings: z
        .array(z.unknown())
        .min(1)
        .max(MAX_INGEST)
        .meta({ override: { items: z.toJSONSchema(IngestReading, { io: 'input' }) as Record<string, unknown> } }),
    }),
    response: IngestAnswer,
    refusals: ingestRefusals,
  },
  'POST /ingest/ttn': {
    summary: 'An uplink of The Things Stack',
    description: 'The sensor is found by DevEUI or device id; its model names the decoder of the payload.',
    tag: 'ingest',
    permission: 'temperature.ingest',
    callers: ['device', 'key'],
    body: TtnUplink,
    response: IngestAnswer,
    refusals: ingestRefusals,
  },
  'POST /imports': {
    summary: 'Upload a CSV file of readings and see what it would mean',
    description:
      'Nothing is recorded before POST /imports/{id}/runs. Without a sensor the unit gets one for imported readings.',
    tag: 'imports',
    permission: 'temperature.import',
    callers: ['member'],
    query: z.strictObject({
      unitId: z.uuid(),
      sensorId: z.uuid().optional(),
      fileName: z.string().trim().min(1).max(300),
    }),
    accepts: { type: 'text/csv', maxBytes: 32 * 1024 * 1024 },
    body: CsvBytes,
    response: ImportPreview,
    status: 201,
    refusals: [
      'temperature.file_not_utf8',
      'temperature.file_not_csv',
      'temperature.file_empty',
      'temperature.file_too_long',
    ],
  },
  'GET /imports': {
    summary: 'Imports, newest first',
    tag: 'imports',
    permission: 'temperature.import',
    query: AtLocation,
    response: page(Import),
  },
  'GET /imports/{id}': {
    summary: 'One import and how far it is',
    tag: 'imports',
    permission: 'temperature.import',
    params: IdParams,
    response: Import,
  },
  'POST /imports/{id}/runs': {
    summary: 'Record the readings of the file',
    description: 'Goes on in the background; ask GET /imports/{id} how far it is. Running it again changes nothing.',
    tag: 'imports',
    permission: 'temperature.import',
    callers: ['member'],
    params: IdParams,
    body: z.strictObject({ mapping: ColumnMapping }),
    response: Import,
    status: 202,
    refusals: [
      'temperature.import_mapping_differs',
      'temperature.import_column_missing',
      'temperature.import_several_sensors',
    ],
  },
  'GET /imports/{id}/errors': {
    summary: 'Rows that could not be recorded, by row',
    tag: 'imports',
    permission: 'temperature.import',
    params: IdParams,
    query: PageQuery,
    response: page(CellError.extend({ row: z.int() })),
  },
})
