import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { emptyCursor, type PullAnswer } from '../platform/sync.ts'
import { Chains } from './chains.ts'
import { benchDatabase } from './database.ts'
import { atMost, backendsOf, type Effort, type Measured, measure, type Report, SHORT, tableOf } from './lib.ts'
import { serveTasks } from './serve-tasks.ts'

/** How many tasks there are in all, and of how many customers. */
type Size = { rows: number; customers: number }
const GROWING: Size[] = [
  { rows: 10_000, customers: 10 },
  { rows: 1_000_000, customers: 1000 },
  { rows: 10_000_000, customers: 10_000 },
]
const SMALL: Size[] = [
  { rows: 400, customers: 2 },
  { rows: 2000, customers: 10 },
]
const OPEN_TASKS = 30

type Place = Awaited<ReturnType<typeof stand>>

/**
 * What a request costs as a database fills up with other customers: the same customer, with as much of its own, among
 * ten, a thousand and ten thousand. Every size is a database of its own; they take turns in one run.
 */
export async function growth(database: TestDatabase, effort: Effort): Promise<Report> {
  const isShort = effort.rounds === SHORT.rounds
  const most = Math.max(...(effort.millions ?? [10])) * 1_000_000
  const sizes = isShort ? SMALL : GROWING.filter(({ rows }) => rows <= most)
  const places: Place[] = []
  try {
    for (const size of sizes) {
      const isFirst = places.length === 0
      const own = isFirst ? { ...database, drop: async () => {} } : await benchDatabase()
      places.push(await stand(size, own))
    }
    const figures: Record<string, number> = { bytesPerTask: places.at(-1)?.bytesPerTask ?? Number.NaN }
    const report: Report = { title: 'As a database fills up with other customers', table: [], findings: [], figures }
    for (const { asked, figure, most, work } of ASKED) {
      const modes = places.map((place) => ({ name: `${asked}, ${named(place.size)}`, work: () => work(place) }))
      const everyone = async () => (await Promise.all(places.map(({ backends }) => backends()))).flat()
      const measured = await measure(modes, { ...effort, loops: 1 }, everyone)
      report.table.push(...tableOf(measured))
      const largest = measured.at(-1) as Measured
      figures[`${figure}NodeMicros`] = largest.nodeMicros
      figures[`${figure}DatabaseMicros`] = largest.databaseMicros
      report.findings.push(atMost(`${asked}: CPU among ${named(sizes.at(-1) as Size)}`, most, largest.cpu, '×'))
    }
    return {
      ...report,
      plan: places.map(({ size, bytesPerTask }) => `${named(size)}: ${bytesPerTask} bytes a task, with its indexes`),
    }
  } finally {
    for (const place of places) await place.close()
  }
}

const ASKED: { asked: string; figure: string; most: number; work: (place: Place) => Promise<undefined> }[] = [
  {
    asked: 'list of a location’s open tasks',
    figure: 'list',
    most: 1.5,
    async work({ must, locationId }) {
      const { items } = await must(`GET /tasks?status=open&locationId=${locationId}&sort=due&limit=50`)
      if (items.length < OPEN_TASKS) throw new Error(`${items.length} tasks are open, not ${OPEN_TASKS}`)
      return undefined
    },
  },
  {
    asked: 'one task',
    figure: 'one',
    most: 1.5,
    async work({ must, taskId }) {
      if ((await must(`GET /tasks/${taskId}`)).id !== taskId) throw new Error('another task')
      return undefined
    },
  },
  {
    asked: 'a pull with nothing new',
    figure: 'pull',
    most: 1.5,
    async work({ must, clientId, upTo }) {
      const { changes } = (await must('POST /sync/pull', { clientId, cursor: upTo.cursor })) as PullAnswer
      if (changes.length > 0) throw new Error(`${changes.length} changes`)
      return undefined
    },
  },
  {
    asked: 'a new task',
    figure: 'write',
    most: 1.5,
    async work({ must, locationId }) {
      await must('POST /tasks', { locationId, title: 'Clean the slicer', taskType: 'cleaning' })
      return undefined
    },
  },
]

/** One customer with some open tasks and many that are done, and the others beside it, who have as many. */
async function stand(size: Size, database: TestDatabase) {
  const chains = await Chains.plant(database, 1)
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  const each = Math.floor(size.rows / size.customers)
  await chains.fill('public.tasks', each)
  const { admin } = chains
  await admin.query('set session_replication_role = replica')
  await admin.query(
    `with late as (select id, row_number() over (partition by location_id order by id desc) as n from tasks)
     update tasks t set status = case when l.n > $1 then 'completed' else 'todo' end,
            completed_at = case when l.n > $1 then now() end, due_at = now() + l.n * interval '1 minute'
       from late l where l.id = t.id`,
    [OPEN_TASKS],
  )
  await withoutIndexes(admin, () => crowd(admin, size.customers - 1))
  await admin.query('set session_replication_role = origin')
  await admin.query('vacuum analyze')
  const { must, close } = await serveTasks(chains, database)
  const { rows } = await admin.query<{ id: string; bytes: number }>(
    `select id, round(pg_total_relation_size('tasks') / (select count(*) from tasks)::numeric)::int as bytes
       from tasks where location_id = $1 limit 1`,
    [tenant.locationId],
  )
  const clientId = randomUUID()
  let page: PullAnswer | undefined
  do page = (await must('POST /sync/pull', { clientId, cursor: page?.cursor ?? emptyCursor })) as PullAnswer
  while (page.more)
  return {
    size,
    must,
    clientId,
    locationId: tenant.locationId,
    taskId: rows[0]?.id,
    bytesPerTask: rows[0]?.bytes,
    upTo: page,
    backends: backendsOf(admin),
    async close() {
      await close()
      await chains.close()
      await database.drop()
    },
  }
}

/** What only finds rows is built when all of them lie there: millions of rows one by one take an hour. */
async function withoutIndexes(admin: Chains['admin'], fill: () => Promise<unknown>) {
  const { rows } = await admin.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
      where i.indrelid = 'tasks'::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
  )
  for (const { name } of rows) await admin.query(`drop index ${name}`)
  await fill()
  await admin.query(`set maintenance_work_mem = '512MB'`)
  for (const { definition } of rows) await admin.query(definition)
}

/** Every task again at so many other customers, under ids of their own. */
async function crowd(admin: Chains['admin'], customers: number) {
  const { rows } = await admin.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = 'tasks'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
  )
  const written = ({ name, type }: { name: string; type: string }) => {
    if (name === 'tenant_id') return `md5('customer' || c)::uuid`
    return type === 'uuid' ? `md5(t.${name}::text || c)::uuid` : `t.${name}`
  }
  await admin.query(
    `insert into tasks (${rows.map(({ name }) => name).join(', ')})
     select ${rows.map(written).join(', ')} from tasks t, generate_series(1, $1::int) c`,
    [customers],
  )
}

const named = ({ rows, customers }: Size) =>
  `${rows.toLocaleString('en')} rows of ${customers.toLocaleString('en')} customers`
