import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { arrows, findingsOfPlants } from './check.ts'

const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'opsflow-rules-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The house's rules with one of them changed. */
function rulesWith(change: string): string {
  const file = join(folder, `${Math.random()}.cjs`)
  writeFileSync(
    file,
    `const rules = require(${JSON.stringify(join(import.meta.dirname, 'rules.cjs'))})\n` +
      `const find = (name) => rules.forbidden.find((rule) => rule.name === name)\n` +
      `module.exports = { ...rules, forbidden: (${change})(rules.forbidden) }`,
  )
  return file
}

test('every rule catches its planted violation and accuses nothing lawful', async () => {
  expect(await findingsOfPlants(root)).toEqual([])
})

test('a rule that no longer matches anything is reported as blind', async () => {
  const blind = rulesWith(
    "(all) => all.map((rule) => (rule.name === 'core-is-pure' ? { ...rule, from: { path: '^nowhere/' } } : rule))",
  )
  expect(await findingsOfPlants(root, blind)).toEqual([
    'the rule core-is-pure is blind: it did not catch the planted platform/planted-library.ts',
    'the rule core-is-pure is blind: it did not catch the planted platform/planted-runtime.ts',
    'the rule core-is-pure is blind: it did not catch the planted capabilities/tasks/planted-face.ts',
    'the rule core-is-pure is blind: it did not catch the planted capabilities/tasks/planted-type.ts',
  ])
})

test('a rule without a plant, or one that accuses lawful code, is reported', async () => {
  const eager = rulesWith(
    "(all) => [...all, { name: 'no-zod', severity: 'error', from: {}, to: { path: 'node_modules/zod/' } }]",
  )
  const findings = await findingsOfPlants(root, eager)
  expect(findings).toContain('the rule no-zod has no plant, so nothing shows that it works')
  expect(findings.join('\n')).toContain('the rule no-zod accuses a lawful import: platform/word.ts')
})

test('the cruise of the house reports how much it saw', async () => {
  const { looked, at } = await arrows.look(root)
  expect(looked).toBeGreaterThan(0)
  expect(at).toMatch(/imports, \d+ plants/)
})
