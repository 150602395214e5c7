import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = new URL('../../', import.meta.url)
const PARTS = [
  'platform/merkle.ts',
  'platform/signed-note.ts',
  'platform/evidence-event.ts',
  'platform/evidence-keys.ts',
  'platform/evidence-check.ts',
  'scripts/verifier/command.ts',
]

/** Where the verifier stands that others take away. */
export const VERIFIER = fileURLToPath(new URL('verify/opsflow-verify.mjs', root))

/** The verifier as one file of plain JavaScript: the product's own rules, with their types taken away, and a command line. */
export function verifier(): string {
  const imports = new Set<string>()
  const parts = PARTS.map((file) => {
    const text = stripTypeScriptTypes(readFileSync(new URL(file, root), 'utf8'))
    for (const [line] of text.matchAll(/^import \{[^}]*\} from 'node:[^\n]*$/gm)) imports.add(line)
    return text
      .replace(/^import [^;]*? from '[^']*'\s*$/gms, '')
      .replace(/^export (?=(const|function|async|class))/gm, '')
      .replace(/^export \{\s*\}\s*$/gm, '')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  })
  return formatted([HEAD, [...imports].sort().join('\n'), ...parts, ''].join('\n\n'))
}

/** Types leave gaps behind. */
const formatted = (input: string) =>
  execFileSync(
    fileURLToPath(new URL('node_modules/.bin/biome', root)),
    ['format', '--stdin-file-path=opsflow-verify.mjs'],
    {
      input,
      encoding: 'utf8',
      cwd: fileURLToPath(root),
    },
  )

const HEAD = `#!/usr/bin/env node
// Made of platform/merkle.ts, signed-note.ts, evidence-*.ts and scripts/verifier/command.ts by npm run verifier. Apache-2.0.
// Needs Node 20 or newer and nothing else; never touches the network.`
