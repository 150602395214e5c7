import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { VERIFIER, verifier } from './build.ts'

test('the verifier that is handed out is made of the rules the product runs: npm run verifier', () => {
  expect(readFileSync(VERIFIER, 'utf8')).toBe(verifier())
})

test('it needs nothing but Node, and speaks to no network', () => {
  const imports = [...verifier().matchAll(/from '([^']+)'/g)].map(([, name]) => name)
  expect(new Set(imports)).toEqual(new Set(['node:crypto', 'node:fs', 'node:readline', 'node:zlib']))
  expect(verifier()).not.toMatch(/\bfetch\(|import\(|require\(/)
})
