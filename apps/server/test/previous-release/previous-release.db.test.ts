import { migrate } from '@opsflow/platform/server/migrate'
import { type TestDatabase, unmigratedDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRelease } from './release.ts'
import { asItWas, broken, sayAgain, type Told } from './replay.ts'

// Servers of the release before this one run on the schema of this one while it is rolled out, and when it is rolled back.
const release = readRelease()
let database: TestDatabase
let admin: pg.Client
let before: Told[]
let applied: string[]

const MEND = `Servers of ${release.version} (${release.commit}, ${release.schema}) still say these while the next release is rolled out. Expand now, contract a release later: give a new column a default or let it be null, leave what is no longer needed where it is, let a view or a second function keep the old name (docs/operations.md, "The next release and the one before").`

beforeAll(async () => {
  database = await unmigratedDatabase()
  admin = new pg.Client(database.admin)
  await admin.connect()
  await asItWas(database, release)
  before = await sayAgain(database, release.transactions)
  applied = await migrate(database.urls.owner)
}, 240_000)
afterAll(async () => {
  await admin?.end()
  await database?.drop()
})

test('the file is of a release whose schema this one goes on from', async () => {
  const { rows } = await admin.query('select name from app.migrations order by id')
  expect(rows[release.migrations - 1]?.name).toBe(release.schema.replace('.sql', ''))
})

test('what the previous release says was understood on its own schema, and wrote nearly everything there is to write', () => {
  const texts = new Set(before.map(({ sql }) => sql))
  const { inserts, wrote } = writing()
  expect(texts.size).toBeGreaterThan(500)
  expect(before.filter(worked).length / before.length).toBeGreaterThan(0.9)
  expect(wrote / inserts).toBeGreaterThan(0.7)
})

test('whatever the previous release says works on the newest schema as it did on its own', async () => {
  const now = await sayAgain(database, release.transactions)
  const found = broken(before, now)
  proven('plans', {
    title: 'The release before this one runs on this schema',
    method: `Version ${release.version} as of ${release.commit} (${release.schema}) was asked every route and did its jobs, and what each of its roles said was written down with the rows there were. That schema is built from its own migrations and filled with those rows, everything is said in the name it was said in and taken back, then ${applied.length} newer migrations run and everything is said again. What worked before has to work now, with the same columns, and where it had rows with some.`,
    findings: [
      { what: 'different statements', seen: String(new Set(before.map(({ sql }) => sql)).size) },
      { what: 'said, in their transactions', seen: String(before.length) },
      { what: 'of these worked on their own schema', seen: String(before.filter(worked).length) },
      { what: 'different INSERTs, and how many of them wrote a row', seen: `${writing().inserts}, ${writing().wrote}` },
      { what: 'worked there and not on this one', goal: '0', seen: String(found.length), met: found.length === 0 },
    ],
    notes: ['Jobs that come round less often than every fifteen seconds are not among them.'],
  })
  expect(found, MEND).toEqual([])
}, 120_000)

/** Migrations that a careless hand could write, and what each is told with. */
const MISTAKES = [
  {
    sql: 'alter table task_comments drop column text',
    told: /POST \/tasks\/\{id\}\/comments, as opsflow_app: 42703 column "text" .*: insert into task_comments/,
  },
  {
    sql: `alter table units add column shelf text not null default ''; alter table units alter shelf drop default`,
    told: /^POST \/units, as opsflow_app: 23502 null value in column "shelf" .*: insert into units/,
  },
  {
    sql: 'alter table place_codes rename to place_marks',
    told: /^POST \/place-codes, as opsflow_app: 42P01 relation "place_codes" does not exist/,
  },
  {
    sql: `alter table probes add constraint named_well check (length(name) > 50) not valid`,
    told: /^POST \/probes, as opsflow_app: 23514 .*named_well.*: insert into probes/,
  },
  {
    sql: 'alter table report_mailings alter photos type text',
    told: /report-mailings.*, as opsflow_app: its columns were .*photos \(16\).*, and are .*photos \(25\)/,
  },
  {
    sql: 'revoke select on auth.sessions from opsflow_auth',
    told: /, as opsflow_auth: 42501 permission denied for table sessions/,
  },
]

test('a careless migration is told with statement, route and reason', async () => {
  for (const { sql } of MISTAKES) await admin.query(sql)
  const found = broken(before, await sayAgain(database, release.transactions))
  for (const { sql, told } of MISTAKES) expect(found, sql).toContainEqual(expect.stringMatching(told))
}, 120_000)

function writing() {
  const inserts = before.filter(({ sql }) => /^\s*insert/i.test(sql))
  const wrote = inserts.filter(({ outcome }) => 'rows' in outcome && outcome.rows > 0)
  const texts = (all: Told[]) => new Set(all.map(({ sql }) => sql)).size
  return { inserts: texts(inserts), wrote: texts(wrote) }
}

const worked = ({ outcome }: Told) => 'rows' in outcome
