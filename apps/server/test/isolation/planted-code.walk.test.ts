import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { proven } from '@opsflow/platform/server/proven.for-tests'
import { expect, test } from 'vitest'
import { type CodeLeak, codeLeaks } from './code-leaks.ts'

/**
 * Leaks planted in the code, while it is read and never in its files. The proofs of isolation run on the product with
 * them and must turn red, each in the test that is there for it and with the words it says.
 */
const isLong = Boolean(process.env.LONG_TESTS)
const root = fileURLToPath(new URL('../../../../', import.meta.url))
/** A test that no leak touches: it passes, or nothing ran at all. */
const CONTROL =
  'the contract walked here is the one the server gives out|an Idempotency-Key of one chain|a marker that is planted|every job the server starts'
/** Together in one run in the short form; in the long form each alone. */
const groups: readonly (readonly CodeLeak[])[] = isLong
  ? codeLeaks.map((one) => [one])
  : [codeLeaks.filter(({ inShort }) => inShort)]
const table: { leak: string; 'caught by': string; saying: string }[] = []

type Ran = {
  testResults: {
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

test.each(groups.map((leaks) => ({ leaks, names: leaks.map(({ leak }) => leak).join('; ') })))(
  'with planted: $names',
  async ({ leaks }) => {
    const outcomes = (await runWith(leaks)).testResults.flatMap((file) => file.assertionResults)
    const control = outcomes.filter(({ fullName, status }) => new RegExp(CONTROL).test(fullName) && status === 'passed')
    expect(control.length, 'the proofs did not run at all').toBeGreaterThan(0)
    for (const { leak, title, says } of leaks) {
      const red = outcomes.find(
        ({ fullName, status, failureMessages }) =>
          status === 'failed' && fullName.includes(title) && failureMessages.join('\n').includes(says),
      )
      expect(red, `"${leak}" survives: no test with "${title}" failed saying "${says}"`).toBeDefined()
      const saying = red?.failureMessages.join(' ').split('\n')[0]?.slice(0, 160) ?? ''
      table.push({ leak, 'caught by': red?.fullName ?? '', saying })
    }
  },
  600_000,
)

test('all of them were caught', () => {
  const planted = groups.flat().length
  proven('planted-leaks', {
    title: 'Planted in the code',
    method:
      'Each leak is put into the product while its files are read. The proofs of isolation run on it as they are, in a process of their own; the test that is there for it must fail and say so. A test that the leak does not touch must pass.',
    findings: [
      { what: 'caught of planted', goal: 'all', seen: `${table.length} of ${planted}`, met: table.length === planted },
      ...(isLong ? [] : [{ what: 'left to the long form', seen: String(codeLeaks.length - planted) }]),
    ],
    table,
  })
  expect(table.length).toBe(planted)
})

async function runWith(leaks: readonly CodeLeak[]): Promise<Ran> {
  const output = join(emptyFolder(), 'ran.json')
  const files = [...new Set(leaks.map((one) => `isolation/${one.test}.walk`))]
  const titles = [...leaks.map(({ title }) => title.replaceAll(/[{}/.]/g, '.')), CONTROL].join('|')
  const environment = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|EVIDENCE|LONG_TESTS|NODE_OPTIONS|TEST$|DEV$|PROD$)/.test(name),
  )
  const child = spawn(
    process.execPath,
    [
      ...['node_modules/vitest/vitest.mjs', 'run', '--config', 'apps/server/test/isolation/planted.config.ts'],
      ...['--reporter=json', `--outputFile=${output}`, '-t', titles, ...files],
    ],
    {
      cwd: root,
      stdio: 'ignore',
      env: { ...Object.fromEntries(environment), PLANTED: JSON.stringify(leaks.map(({ leak }) => leak)) },
    },
  )
  await once(child, 'exit')
  return JSON.parse(readFileSync(output, 'utf8')) as Ran
}
