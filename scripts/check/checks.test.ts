import { expect, test } from 'vitest'
import { literalColours } from './colours.ts'
import { deadCode } from './dead-code.ts'
import { deniedIn, disagreeing, doubled, foreignSources, inexact, type Lock, leftOut } from './dependencies.ts'
import { isAllowed } from './licences.ts'
import { lint } from './lint.ts'
import { migrations, misnumbered } from './migrations.ts'
import { npmScripts } from './npm-scripts.ts'
import { inPlantedTree } from './planted-tree.ts'
import { runChecks } from './run.ts'
import { statementsIn } from './sql-in-stores.ts'
import { tracesIn } from './traces.ts'
import { typesOfEveryFace } from './types.ts'

const said = async (...checks: Parameters<typeof runChecks>[0]) => {
  const lines: string[] = []
  const tally = await runChecks(checks, { root: '.', say: (line) => lines.push(line) })
  return { ...tally, text: lines.join('\n') }
}

test('a check that looked at nothing has failed', async () => {
  const { passed, failed, text } = await said({
    name: 'blind',
    look: async () => ({ looked: 0, at: 'files', findings: [] }),
  })
  expect({ passed, failed }).toEqual({ passed: 0, failed: 1 })
  expect(text).toContain('looked at 0 files: a check that sees nothing proves nothing')
})

test('a check that breaks has failed, and the others still run', async () => {
  const { passed, failed, text } = await said(
    { name: 'broken', look: () => Promise.reject(new Error('no such tool')) },
    { name: 'good', look: async () => ({ looked: 3, at: 'files', findings: [] }) },
  )
  expect({ passed, failed }).toEqual({ passed: 1, failed: 1 })
  expect(text).toContain('no such tool')
})

test('asking for a check that does not exist passes nothing', async () => {
  const tally = await runChecks([lint], { root: '.', only: ['lnit'], say: () => {} })
  expect(tally).toEqual({ passed: 0, failed: 0 })
})

const typesOfServer = (root: string) => typesOfEveryFace.find(({ name }) => name === 'types: server')?.look(root)
const serverConfig = (include: string[]) =>
  JSON.stringify({ compilerOptions: { noEmit: true, strict: true, types: [], skipLibCheck: true }, include })

test('a wrong type is found in its face', async () => {
  const files = {
    'tsconfig.server.json': serverConfig(['apps']),
    'apps/server/wrong.ts': "export const degrees: number = 'cold'\n",
  }
  const outcome = await inPlantedTree(files, async (root) => typesOfServer(root))
  expect(outcome?.findings.join('\n')).toContain('TS2322')
})

test('a file that its face does not compile is found', async () => {
  const files = {
    'tsconfig.server.json': serverConfig(['apps']),
    'apps/server/seen.ts': 'export const seen = 1\n',
    'tools/unseen.ts': 'export const unseen = 1\n',
  }
  const outcome = await inPlantedTree(files, async (root) => typesOfServer(root))
  expect(outcome).toMatchObject({
    looked: 1,
    findings: ['tools/unseen.ts is not compiled by tsconfig.server.json'],
  })
})

test('lint finds an unused variable and a wrong format', async () => {
  const files = { 'biome.json': '{}', 'a.js': 'function f() { const unused = 1 }\n' }
  const outcome = await inPlantedTree(files, (root) => lint.look(root))
  expect(outcome.findings.join('\n')).toMatch(/noUnusedVariables[\s\S]*format/)
})

test('a file nothing reaches and an export nobody imports are dead code', async () => {
  const files = {
    'package.json': JSON.stringify({ name: 'planted', type: 'module' }),
    'knip.json': JSON.stringify({ entry: ['main.ts'], project: ['*.ts'] }),
    'main.ts': "import { used } from './words.ts'\nconsole.log(used)\n",
    'words.ts': 'export const used = 1\nexport const unused = 2\n',
    'forgotten.ts': 'export const forgotten = 1\n',
  }
  const outcome = await inPlantedTree(files, (root) => deadCode.look(root))
  expect(outcome.findings).toEqual(['forgotten.ts unused files', 'words.ts:2 unused exports unused'])
})

const migration = (sql: string) => ({ 'db/migrations/0001_planted.sql': sql })
const rulesBroken = async (sql: string) =>
  (await inPlantedTree(migration(sql), (root) => migrations.look(root))).findings.join('\n')

test.each([
  ['dropping a column', 'alter table units drop column name;', 'ban-drop-column'],
  ['dropping a table', 'drop table units;', 'ban-drop-table'],
  ['renaming a column', 'alter table units rename column name to label;', 'renaming-column'],
  ['renaming a table', 'alter table units rename to equipment;', 'renaming-table'],
  ['changing a type', 'alter table units alter column name type bigint;', 'changing-column-type'],
  ['a required column without default', 'alter table units add column zone text not null;', 'adding-required-field'],
  ['an index that blocks writes', 'create index units_name on units (name);', 'require-concurrent-index-creation'],
  [
    'a foreign key that scans under lock',
    'alter table units add constraint f foreign key (a) references b (id);',
    'adding-foreign-key',
  ],
  ['a time without zone', 'create table t (id uuid primary key, at timestamp);', 'prefer-timestamp'],
])('%s is refused in a migration', async (_what, sql, rule) => {
  expect(await rulesBroken(`set local lock_timeout = '3s';\n${sql}`)).toContain(rule)
})

test('a migration begins with a lock timeout', async () => {
  const create = 'create table t (id uuid primary key);'
  expect(await rulesBroken(create)).toContain('begins without')
  expect(await rulesBroken(`set local lock_timeout = 0;\n${create}`)).toContain('begins without')
  expect(await rulesBroken(`-- why\nset local lock_timeout = '3s';\n${create}`)).toBe('')
})

test('migrations are numbered once each, without gaps', () => {
  expect(misnumbered(['db/migrations/0001_a.sql', 'db/migrations/0002_b.sql'])).toEqual([])
  expect(misnumbered(['db/migrations/0001_a.sql', 'db/migrations/0003_b.sql'])).toEqual([])
  expect(misnumbered(['db/migrations/0001_a.sql', 'db/migrations/1_b.sql', 'db/migrations/0002-c.sql'])).toHaveLength(2)
  expect(misnumbered(['db/migrations/0001_a.sql', 'db/migrations/0001_b.sql'])).toHaveLength(1)
})

test.each(['^1.2.3', '~1.2.3', '1.2', '1.x', '*', 'latest', '>=1.0.0', 'github:a/b', ''])(
  'the version %j is not exact',
  (version) => {
    expect(inexact({ 'package.json': { dependencies: { a: version } } })).toHaveLength(1)
    expect(inexact({ 'package.json': { overrides: { a: { b: version } } } })).toHaveLength(1)
  },
)

test('exact versions, pre-releases among them, pass', () => {
  expect(
    inexact({ 'package.json': { devDependencies: { a: '1.2.3' }, optionalDependencies: { b: '18.4.0-beta.17' } } }),
  ).toEqual([])
})

test('two workspaces name one version', () => {
  const manifests = {
    'a/package.json': { dependencies: { zod: '4.6.7' } },
    'b/package.json': { dependencies: { zod: '4.6.6' } },
  }
  expect(disagreeing(manifests)).toEqual(['b/package.json zod: 4.6.6, but a/package.json says 4.6.7'])
})

test('a refused package, a second React and a foreign source are found anywhere in the lock', () => {
  const lock: Lock = {
    packages: {
      'node_modules/react': { version: '19.2.3' },
      'node_modules/a/node_modules/react': { version: '18.0.0' },
      'node_modules/a/node_modules/request': { version: '2.88.2', resolved: 'https://elsewhere.example/request.tgz' },
    },
  }
  expect(doubled(lock)).toEqual([
    'react is installed 2 times: node_modules/react@19.2.3, node_modules/a/node_modules/react@18.0.0',
  ])
  expect(deniedIn(lock, { request: 'unmaintained' })).toEqual([
    'node_modules/a/node_modules/request is refused: unmaintained',
  ])
  expect(foreignSources(lock)).toHaveLength(1)
})

test('a lock without the binaries of other systems is found', () => {
  const packages: Lock['packages'] = { 'node_modules/lint': { optionalDependencies: { 'lint-mac': '1.0.0' } } }
  expect(leftOut({ packages })).toEqual([
    'package-lock.json lacks lint-mac of node_modules/lint: npm ci will refuse it',
  ])
  expect(leftOut({ packages: { ...packages, 'node_modules/lint-mac': { version: '1.0.0' } } })).toEqual([])
})

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND ISC', true],
  ['MIT AND GPL-3.0', false],
  ['GPL-3.0-or-later', false],
  ['AGPL-3.0', false],
  ['none', false],
  ['SEE LICENSE IN LICENSE.md', false],
])('the licence %j is allowed: %s', (licence, allowed) => {
  expect(isAllowed('some-package', licence)).toBe(allowed)
})

test('a judged exception holds for its package only', () => {
  expect(isAllowed('@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later')).toBe(true)
  expect(isAllowed('@img/other', 'LGPL-3.0-or-later')).toBe(false)
})

test.each([
  ["const q = 'select id from units where id = $1'"],
  ['const q = `insert into units (id) values ($1)`'],
  ['const q = `\n  update units set name = $1`'],
  ['const q = `with due as (select 1) delete from tasks`'],
  ["tx.query('delete from units')"],
  [`const q = \`select \${columns} from units\``],
])('%s is a statement outside a store', (text) => {
  expect(statementsIn('capabilities/temperature/server/http.ts', text)).toHaveLength(1)
})

test.each([
  ["const hint = 'Select a unit from the list.'"],
  ['// select id from units\nconst a = 1'],
  ["const path = 'update'"],
  ["const label = 'Delete from the board'"],
  ["const className = 'truncate text-sm font-medium'"],
])('%s is no statement', (text) => {
  expect(statementsIn('capabilities/temperature/web/board.tsx', text)).toEqual([])
})

// Joined at run time, so that this file holds no trace itself.
const trace = (...parts: string[]) => parts.join('/')

test.each([
  [trace('', 'work', 'main', 'x.ts')],
  [trace('see ', 'root', '.npmrc')],
  [trace('', 'home', 'somebody', 'code')],
  [trace('', 'tmp', 'try-1')],
  [trace('..', 'shared', 'data')],
  [trace('http:', '', 'npm-registry.internal', 'zod.tgz')],
])('%s is a trace of a machine', (text) => {
  expect(tracesIn('docs/a.md', text)).toHaveLength(1)
})

test.each([['https://registry.npmjs.org/zod'], ['/work/tasks is a page'], ['docs/homework/a'], ['<a href="/home">']])(
  '%s is no trace',
  (text) => {
    expect(tracesIn('docs/a.md', text)).toEqual([])
  },
)

const screen = 'capabilities/temperature/web/board.tsx'

test.each([
  ["style={{ color: '#fff' }}"],
  ['color: #A1B2C3;'],
  ['background: rgb(0 0 0 / 50%);'],
  ['background: hsl(200 50% 50%);'],
  ['color: oklch(0.7 0.1 200);'],
  ['<p className="text-red-500">'],
  ['<p className="hover:bg-white">'],
  ['color: white;'],
  ['<path fill="black" />'],
])('%s is a literal colour', (text) => {
  expect(literalColours(screen, text)).toHaveLength(1)
})

test.each([
  ['<a href="#main">'],
  ['<p className="text-status-alarm bg-surface">'],
  ['background: color-mix(in oklch, var(--accent) 8%, transparent);'],
  ['fill="currentColor"'],
  ['&#160;'],
])('%s is no literal colour', (text) => {
  expect(literalColours(screen, text)).toEqual([])
})

test('the token file writes colours down, and only as OKLCH', () => {
  expect(literalColours('platform/web/tokens.css', '--accent: oklch(0.6 0.15 250);')).toEqual([])
  expect(literalColours('platform/web/tokens.css', '--accent: #3366ff;')).toHaveLength(1)
})

test('an npm script whose file is gone is found', async () => {
  const files = {
    'package.json': JSON.stringify({
      scripts: { start: 'node scripts/start.mjs', bench: 'node scripts/gone.mjs --short' },
    }),
    'scripts/start.mjs': '',
  }
  const { looked, findings } = await inPlantedTree(files, npmScripts.look)
  expect(looked).toBe(2)
  expect(findings).toEqual(['package.json script "bench" begins scripts/gone.mjs, which is not there'])
})
