import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ImportRunner, importRunner, recordReadings, resumeImports, systemActor } from './index.ts'
import { type Kitchen, openKitchen } from './kitchen.for-tests.ts'
import { type Ask, serveKitchen } from './kitchen-http.for-tests.ts'
import { beginImport, runImport } from './run-import.ts'

let kitchen: Kitchen
let ask: Ask
let imports: ImportRunner
let close: () => Promise<void>
beforeAll(async () => {
  kitchen = await openKitchen()
  const served = await serveKitchen(kitchen)
  ask = served.ask
  imports = served.imports
  close = served.close
})
afterAll(async () => {
  await close()
  await kitchen.close()
})

const csv = { 'content-type': 'text/csv' }
const upload = (unitId: string, content: string | Uint8Array, actor = kitchen.manager) =>
  ask(actor, `POST /imports?unitId=${unitId}&fileName=logger.csv`, content, csv)

const file = (rows: number, value = (n: number) => `${3 + (n % 10) / 10}`) =>
  `time,temp_c\n${Array.from({ length: rows }, (_, n) => `${new Date(Date.UTC(2023, 4, 1) + n * 60_000).toISOString()},${value(n)}`).join('\n')}\n`

const run = async (unitId: string, content: string | Uint8Array) => {
  const { body: preview } = await upload(unitId, content)
  const { temperature } = preview.mapping
  const unit = temperature.unit ?? preview.likelyUnit.unit
  const mapping = { ...preview.mapping, temperature: { ...temperature, unit } }
  await ask(kitchen.manager, `POST /imports/${preview.import.id}/runs`, { mapping })
  await imports.idle()
  return (await ask(kitchen.manager, `GET /imports/${preview.import.id}`)).body
}

describe('a file', () => {
  test('is shown with what its columns would mean before anything is recorded', async () => {
    const { unitId } = await kitchen.unit('freezer')
    const { status, body } = await upload(
      unitId,
      '\uFEFFDate;Time;Temp (°C)\n2023-05-01;16:00;-18,5\n2023-05-01;16:01;warm\n',
    )
    expect(status).toBe(201)
    expect(body).toMatchObject({
      import: { state: 'previewed', rowsTotal: 2, rowsDone: 0 },
      columns: ['Date', 'Time', 'Temp (°C)'],
      timezone: 'America/Chicago',
      missing: [],
      rows: [
        { row: 1, measuredAt: '2023-05-01T21:00:00.000Z', value: '-18,5', unit: 'C', problems: [] },
        { row: 2, measuredAt: null, problems: [{ code: 'temperature.value_not_a_number' }] },
      ],
    })
    expect(await kitchen.rows('select id from temperature_logs where unit_id = $1', [unitId])).toEqual([])
  })

  test.each([
    ['mis-encoded', new Uint8Array([0x74, 0x2c, 0x76, 0x0a, 0xe9, 0x2c, 0x31]), 422, 'temperature.file_not_utf8'],
    ['UTF-16', new Uint8Array(Buffer.from('time,temp\n1,2\n', 'utf16le')), 422, 'temperature.file_not_csv'],
    ['cut off inside a quote', 'time,temp_c\n"2023-05-01T00:00:00Z,3\n', 422, 'temperature.file_not_csv'],
    ['only a header', 'time,temp_c\n', 422, 'temperature.file_empty'],
    ['empty', '', 422, 'input.invalid'],
  ])('that is %s is refused', async (_, content, status, code) => {
    const { unitId } = await kitchen.unit('freezer')
    const answer = await upload(unitId, content)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(await kitchen.rows('select id from imports where unit_id = $1', [unitId])).toEqual([])
  })

  test('reports each row it could not record, and records the others', async () => {
    const { unitId } = await kitchen.unit('freezer')
    const bad = 'soon,-18\n2023-05-02T00:02:00Z,x\n2023-05-02T00:03:00Z\n2093-01-01T00:00:00Z,-18\n'
    const done = await run(unitId, `${file(60)}${bad}`)
    expect(done).toMatchObject({ state: 'done', rowsTotal: 64, rowsDone: 64, rowsAccepted: 60, rowsRejected: 4 })
    const { body } = await ask(kitchen.manager, `GET /imports/${done.id}/errors?limit=2`)
    const { body: rest } = await ask(
      kitchen.manager,
      `GET /imports/${done.id}/errors?limit=50&cursor=${body.nextCursor}`,
    )
    expect([...body.items, ...rest.items].map(({ row, code }: { row: number; code: string }) => [row, code])).toEqual([
      [61, 'temperature.time_unreadable'],
      [62, 'temperature.value_not_a_number'],
      [63, 'temperature.row_too_short'],
      [64, 'temperature.measured_in_future'],
    ])
  })

  test('that names no unit is proposed one by its values, and not run before someone decides', async () => {
    const { unitId } = await kitchen.unit('freezer')
    const { body } = await upload(unitId, file(50, () => '-18.5').replace('temp_c', 'temp'))
    expect(body).toMatchObject({
      mapping: { temperature: { column: 1, unit: null } },
      likelyUnit: { unit: 'C', middle: -18.5, unitKind: 'freezer' },
      doubts: ['unit_unnamed'],
      rows: expect.arrayContaining([expect.objectContaining({ value: '-18.5', unit: null })]),
    })
    const runs = `POST /imports/${body.import.id}/runs`
    const { unit: _, ...unitless } = body.mapping.temperature
    for (const temperature of [body.mapping.temperature, unitless]) {
      const refused = await ask(kitchen.manager, runs, { mapping: { ...body.mapping, temperature } })
      expect(refused.status).toBe(422)
      expect(refused.body.errors).toMatchObject([
        { path: 'body.mapping.temperature.unit', message: expect.stringContaining('F or C') },
      ])
    }
    expect((await ask(kitchen.manager, `GET /imports/${body.import.id}`)).body.state).toBe('previewed')
    const decided = { ...body.mapping, temperature: { ...body.mapping.temperature, unit: body.likelyUnit.unit } }
    expect((await ask(kitchen.manager, runs, { mapping: decided })).status).toBe(202)
    await imports.idle()
    expect((await ask(kitchen.manager, `GET /units/${unitId}`)).body.state.value).toMatchObject({ unit: 'C' })
  })

  test('is nobody else’s', async () => {
    const { unitId } = await kitchen.unit('freezer')
    const { body } = await upload(unitId, file(3))
    for (const actor of [kitchen.foreign.actor]) {
      expect((await upload(unitId, file(3), actor)).status).toBe(404)
      expect((await ask(actor, `GET /imports/${body.import.id}`)).status).toBe(404)
      expect((await ask(actor, `GET /imports/${body.import.id}/errors`)).status).toBe(404)
      expect((await ask(actor, `POST /imports/${body.import.id}/runs`, { mapping: body.mapping })).status).toBe(404)
      expect((await ask(actor, 'GET /imports')).body.items).toEqual([])
    }
    expect((await upload(unitId, file(3), kitchen.cook)).status).toBe(403)
  })

  test('read with columns it does not have, or with two meanings at once, is refused', async () => {
    const { unitId } = await kitchen.unit('freezer')
    const { body } = await upload(unitId, file(3))
    const runs = `POST /imports/${body.import.id}/runs`
    const beyond = { ...body.mapping, temperature: { column: 7, unit: 'C' } }
    expect((await ask(kitchen.manager, runs, { mapping: beyond })).body.code).toBe('temperature.import_column_missing')
    const sensors = { ...body.mapping, sensorColumn: 1 }
    expect((await ask(kitchen.manager, runs, { mapping: sensors })).body.code).toBe(
      'temperature.import_several_sensors',
    )
    expect((await ask(kitchen.manager, runs, { mapping: body.mapping })).status).toBe(202)
    await imports.idle()
    const other = { ...body.mapping, temperature: { column: 1, unit: 'F' } }
    expect((await ask(kitchen.manager, runs, { mapping: other })).body.code).toBe('temperature.import_mapping_differs')
    expect((await ask(kitchen.manager, runs, { mapping: body.mapping })).body).toMatchObject({
      state: 'done',
      rowsAccepted: 3,
    })
  })
})

describe('an import that is cut off', () => {
  const begun = async (rows: number) => {
    const { unitId } = await kitchen.unit('freezer')
    const { body } = await upload(unitId, file(rows))
    await kitchen.write(kitchen.manager, (tx) => beginImport(tx, body.import.id, body.mapping))
    return { unitId, id: body.import.id as string }
  }
  const importer = () => systemActor('import', kitchen.tenantId, kitchen.organizationId)
  const parts = () => ({ database: kitchen.database, months: kitchen.months })
  const stop = () => {
    throw new Error('killed')
  }

  test('goes on where it stopped, with nothing lost and nothing doubled', async () => {
    const { unitId, id } = await begun(3500)
    await expect(runImport({ ...parts(), afterBatch: stop }, importer(), id)).rejects.toThrow('killed')
    await expect(runImport({ ...parts(), afterBatch: stop }, importer(), id)).rejects.toThrow('killed')
    expect((await ask(kitchen.manager, `GET /imports/${id}`)).body).toMatchObject({ state: 'running', rowsDone: 2000 })
    const fresh = importRunner(parts(), { error: () => undefined })
    expect(await resumeImports(kitchen.relay, fresh)).toBeGreaterThanOrEqual(1)
    await fresh.idle()
    expect((await ask(kitchen.manager, `GET /imports/${id}`)).body).toMatchObject({
      state: 'done',
      rowsDone: 3500,
      rowsAccepted: 3500,
      rowsDuplicate: 0,
    })
    const [count] = await kitchen.rows(
      'select count(*)::int, count(distinct measured_at)::int as times from temperature_logs where unit_id = $1',
      [unitId],
    )
    expect(count).toEqual({ count: 3500, times: 3500 })
    expect(await kitchen.rows('select content from imports where id = $1', [id])).toEqual([{ content: null }])
  })

  test('two runs at once record each row once', async () => {
    const { unitId, id } = await begun(2500)
    await Promise.all([runImport(parts(), importer(), id), runImport(parts(), importer(), id)])
    const [count] = await kitchen.rows('select count(*)::int from temperature_logs where unit_id = $1', [unitId])
    expect(count).toEqual({ count: 2500 })
  })
})

test('imported history wakes nobody, and its excursions are there to see', async () => {
  const { unitId } = await kitchen.unit('freezer')
  const done = await run(
    unitId,
    file(600, (n) => (n > 200 && n < 500 ? '-2' : '-20')),
  )
  expect(done).toMatchObject({ state: 'done', rowsAccepted: 600 })
  const { body } = await ask(kitchen.manager, `GET /excursions?unitId=${unitId}`)
  expect(body.items).toMatchObject([
    { side: 'above', alarmedAt: expect.any(String), endedAt: expect.any(String), alarmId: null },
  ])
  expect(await kitchen.rows('select id from alarms where unit_id = $1', [unitId])).toEqual([])
  expect((await ask(kitchen.manager, `GET /units/${unitId}`)).body.state).toMatchObject({
    status: 'ok',
    source: 'imported',
  })
})

/** A real freezer, one reading a minute for 14 days. Its licence is unclear, so it stays beside the repository. */
const shared = process.env.OPSFLOW_SHARED ?? join(import.meta.dirname, '../../../../shared')
const freezer = join(shared, 'data/freezer/freezer-14-days-1-minute.csv')
const isHere = existsSync(freezer)
const title = '14 days of a real freezer'
if (!isHere) console.warn(`NOT RUN: ${title}: ${freezer} is absent; OPSFLOW_SHARED names the folder that holds data/`)

describe.skipIf(!isHere)(isHere ? title : `${title} (NOT RUN: ${freezer} is absent)`, () => {
  test('come in whole, wake nobody, and come in again as duplicates', async () => {
    const { unitId } = await kitchen.unit('freezer')
    const content = readFileSync(freezer)
    expect(await run(unitId, content)).toMatchObject({
      state: 'done',
      rowsTotal: 20_186,
      rowsAccepted: 20_186,
      rowsDuplicate: 0,
      rowsRejected: 0,
    })
    expect(await kitchen.rows('select id from alarms where unit_id = $1', [unitId])).toEqual([])
    const [excursions] = await kitchen.rows(
      'select count(*)::int as all, count(alarmed_at)::int as alarmed from excursions where unit_id = $1',
      [unitId],
    )
    expect(excursions).toEqual({ all: 427, alarmed: 0 })
    expect(await run(unitId, content)).toMatchObject({ state: 'done', rowsAccepted: 0, rowsDuplicate: 20_186 })
    const series = await ask(
      kitchen.manager,
      `GET /units/${unitId}/series?from=2022-07-07T00:00:00Z&to=2022-07-22T00:00:00Z&points=1000&unit=C`,
    )
    expect(series.body).toMatchObject({ resolution: 'readings', temperatureUnit: 'C' })
    expect(series.body.lines[0].points.length).toBeLessThanOrEqual(1000)
    expect(series.body.excursions).toHaveLength(427)
  })

  test('with a compressor that stops, sent as a gateway would, raise one alarm with its task when the vectors say', async () => {
    const { unitId, sensorId } = await kitchen.unit('freezer')
    const [header = '', ...lines] = readFileSync(freezer, 'utf8').trim().split('\n')
    expect(header).toContain('ISOdateTime')
    const stop = Date.parse('2022-07-10T20:00:00Z')
    const readings = lines.map((line) => {
      const cells = line.split(',')
      const measuredAt = Date.parse(cells.at(-4) ?? '')
      const minutes = (measuredAt - stop) / 60_000
      const value =
        minutes < 0 ? Number(cells.at(-2)) : Math.round((-19.5 + 42 * (1 - Math.exp(-minutes / 600))) * 10) / 10
      return { sensorId, sent: value, unit: 'C' as const, measuredAt, receivedAt: measuredAt }
    })
    await kitchen.months.ensure(readings.map(({ measuredAt }) => measuredAt))
    for (let at = 0; at < readings.length; at += 500) {
      await kitchen.write(kitchen.gateway, (tx) =>
        recordReadings(tx, readings.slice(at, at + 500), { source: 'sensor' }),
      )
    }
    const alarms = await kitchen.rows('select kind, raised_at, cleared_at from alarms where unit_id = $1', [unitId])
    // The vector's 90 minutes above −18 °C are what a freezer starts with.
    expect(alarms).toEqual([{ kind: 'limit', raised_at: new Date('2022-07-10T21:53:00Z'), cleared_at: null }])
    const tasks = await kitchen.rows(
      'select t.priority, t.task_type from tasks t join alarms a on a.task_id = t.id where a.unit_id = $1',
      [unitId],
    )
    expect(tasks).toEqual([{ priority: 'urgent', task_type: 'corrective' }])
  })
})
