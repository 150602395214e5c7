import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, textOf } from './check.ts'
import { type Lock, packagesOf } from './dependencies.ts'

const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'MPL-2.0',
  'OFL-1.1',
  'PostgreSQL',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'CC-BY-4.0',
  'Zlib',
])

/** Packages whose licence needed a person's judgement, with the judgement. */
const JUDGED: { name: RegExp; licence: string; because: string }[] = [
  {
    name: /^@img\/sharp-(libvips-.+|wasm32|win32-.+)$/,
    licence: 'LGPL-3.0-or-later',
    because:
      "libvips, loaded at run time as an unmodified shared library; an optional package of Next's that anyone may replace",
  },
  { name: /^png-js$/, licence: 'none', because: 'its package.json names none; its LICENSE file is MIT' },
]

/** What is shipped may be shipped: every production package carries an allowed licence. */
export const licences: Check = {
  name: 'licences',
  look: async (root) => {
    const shipped = packagesOf(JSON.parse(textOf(root, 'package-lock.json')) as Lock).filter(({ dev }) => !dev)
    return {
      looked: shipped.length,
      at: 'production packages',
      findings: shipped.flatMap(({ path, name, license }) => {
        const licence = licenceOf(root, path) ?? license ?? 'none'
        return isAllowed(name, licence) ? [] : [`${path} has the licence ${licence}`]
      }),
    }
  },
}

/** From the installed package itself; packages of other systems are only in the lock. */
function licenceOf(root: string, path: string): string | undefined {
  if (!existsSync(join(root, path, 'package.json'))) return undefined
  const { license, licenses } = JSON.parse(textOf(root, `${path}/package.json`)) as {
    license?: string | { type: string }
    licenses?: { type: string }[]
  }
  if (typeof license === 'string') return license
  return license?.type ?? licenses?.map(({ type }) => type).join(' AND ')
}

/** `(A OR B)` is allowed when one of them is, `A AND B` when all of them are. */
export function isAllowed(name: string, expression: string): boolean {
  const judged = JUDGED.find((entry) => entry.name.test(name))
  return expression
    .replace(/[()]/g, ' ')
    .split(/\s+OR\s+/)
    .some((choice) =>
      choice.split(/\s+AND\s+/).every((one) => ALLOWED.has(one.trim()) || one.trim() === judged?.licence),
    )
}
