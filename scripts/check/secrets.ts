import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { type Check, committedFiles, textOf } from './check.ts'

type Pattern = { says: string; pattern: RegExp }

/** What a secret of a known kind looks like. */
const KNOWN: readonly Pattern[] = [
  { says: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KE[Y]/ },
  { says: 'a key of Amazon', pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { says: 'a token of GitHub', pattern: /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})\b/ },
  { says: 'a token of GitLab', pattern: /\bglpat-[\w-]{20,}/ },
  { says: 'a token of npm', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { says: 'a key of Stripe or Clerk', pattern: /\b[sr]k_(live|test)_\w{20,}/ },
  { says: 'a webhook secret', pattern: /\bwhsec_[A-Za-z0-9+/=]{24,}/ },
  { says: 'a key of Google', pattern: /\bAIza[\w-]{35}\b/ },
  { says: 'a key of OpenAI or Anthropic', pattern: /\bsk-(ant-|proj-)?[\w-]{32,}/ },
  { says: 'a token of Slack', pattern: /\bxox[abposr]-[\w-]{20,}/ },
  { says: 'a key of SendGrid', pattern: /\bSG\.[\w-]{20,}\.[\w-]{20,}/ },
  { says: 'a JSON web token', pattern: /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/ },
  { says: 'a key of ours', pattern: /\bof[kd]_[\w-]{43}(?![\w-])/ },
  {
    says: 'a password in an address',
    pattern: /\b[a-z][a-z0-9+]*:\/\/[^\s:/@'"`$<{]+:(?!password@)[^\s:/@'"`$<{]{8,}@/,
  },
]

const QUOTED = /['"`]([A-Za-z0-9+/_=-]{32,200})['"`]/g

/** Random text stands here for a reason. A pattern of files, what of it, and why. */
export const ALLOWED: readonly { files: RegExp; text?: RegExp; because: string }[] = [
  {
    files: /[.]test[.]tsx?$|\/fixtures\//,
    text: /^[0-9a-fA-F]+$/,
    because: 'digests and vectors that tests compare with',
  },
  { files: /^platform\/server\/push\/push\.test\.ts$/, because: 'keys and message of RFC 8291, appendix A' },
  {
    files: /^platform\/server\/config\.test\.ts$/,
    text: /^pk_test_/,
    because: 'a publishable key: the name of a host in base64',
  },
  {
    files: /^db\/previous-release\//,
    because: 'digests and keys of invented customers, whose database was dropped when the file was written',
  },
  {
    files: /^capabilities\/temperature\/fixtures\/payload-decoders\.json$/,
    because: 'payloads of sensors, as their makers print them',
  },
]

export const secrets: Check = {
  name: 'secrets',
  look: async (root) => {
    const files = committedFiles(root, (file) => !BINARY.test(file) && file !== 'package-lock.json')
    return { looked: files.length, at: 'files', findings: files.flatMap((file) => secretsIn(file, textOf(root, file))) }
  },
}

const BINARY = /[.](png|jpe?g|webp|avif|gif|ico|woff2?|ttf|pdf|zip|gz|br)$/i

/** The same over every line that any commit ever added: what was taken out again is still there for whoever clones. */
export async function secretsInHistory(root: string): Promise<{ lines: number; findings: string[] }> {
  const args = ['log', 'HEAD', '-p', '--unified=0', '--no-color', '--no-ext-diff', '--format=commit %h']
  const git = spawn('git', args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const findings = new Set<string>()
  let [commit, file, lines] = ['', '', 0]
  for await (const line of createInterface({ input: git.stdout })) {
    if (line.startsWith('commit ')) commit = line.slice(7)
    else if (line.startsWith('+++ ')) file = line.slice(6)
    else if (line.startsWith('+') && !BINARY.test(file) && !file.endsWith('package-lock.json')) {
      lines++
      for (const found of secretsIn(file, line.slice(1))) findings.add(`${commit} ${found.replace(':1 ', ' ')}`)
    }
  }
  return { lines, findings: [...findings] }
}

/** Findings name the place and never the secret. */
export function secretsIn(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, at) => {
    const known = KNOWN.filter(({ pattern }) => pattern.test(line) && !isAllowed(file, pattern.exec(line)?.[0] ?? ''))
    if (known.length > 0) return known.map(({ says }) => `${file}:${at + 1} ${says}`)
    const random = [...line.matchAll(QUOTED)].some(([, quoted = '']) => looksRandom(quoted) && !isAllowed(file, quoted))
    return random
      ? [`${file}:${at + 1} text that looks random, as a secret does; allowed ones are named in secrets.ts`]
      : []
  })
}

const isAllowed = (file: string, found: string) =>
  ALLOWED.some(({ files, text }) => files.test(file) && (!text || text.test(found)))

/** Digits and letters of both kinds without a word between them, at more bits a letter than language has. */
export function looksRandom(text: string): boolean {
  if (/^[0-9a-f-]+$/i.test(text)) return text.length >= 40 && bitsPerLetter(text) > 3.2
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length
  return kinds === 3 && bitsPerLetter(text) > 4.1 && !/[a-z]{10,}|[A-Z]{10,}/.test(text)
}

function bitsPerLetter(text: string): number {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0)
}
