import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { proven } from '../../platform/server/proven.for-tests.ts'
import denied from './denied-dependencies.json' with { type: 'json' }
import { deniedIn, type Lock } from './dependencies.ts'
import { licences } from './licences.ts'
import { inPlantedTree } from './planted-tree.ts'
import { looksRandom, secrets, secretsIn, secretsInHistory } from './secrets.ts'
import { waysOut, waysOutOf } from './ways-out.ts'

const random = (length: number) => randomBytes(length).toString('base64url').slice(0, length)
const letters = (length: number) =>
  Array.from(randomBytes(length), (byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZ234567'[byte % 30]).join('')
const digitsAndLetters = (length: number) => randomBytes(length).toString('hex').slice(0, length)

/** Made at run time, so that this file holds no secret itself. */
const PLANTED: Record<string, string> = {
  'a private key': `-----BEGIN ${'PRIVATE'} KEY-----\nMIIEv`,
  'a key of Amazon': `const id = 'AKIA${letters(16)}'`,
  'a token of GitHub': `token: ghp_${digitsAndLetters(36)}`,
  'a token of GitLab': `glpat-${digitsAndLetters(24)}`,
  'a token of npm': `//registry/:_authToken=npm_${digitsAndLetters(36)}`,
  'a key of Stripe or Clerk': `CLERK_SECRET_KEY=sk_live_${digitsAndLetters(30)}`,
  'a webhook secret': `whsec_${digitsAndLetters(32)}`,
  'a key of Google': `AIza${digitsAndLetters(35)}`,
  'a key of OpenAI or Anthropic': `OPENAI_API_KEY=sk-proj-${digitsAndLetters(40)}`,
  'a token of Slack': `xoxb-${digitsAndLetters(30)}`,
  'a key of SendGrid': `SG.${digitsAndLetters(22)}.${digitsAndLetters(43)}`,
  'a JSON web token': `eyJ${digitsAndLetters(20)}.eyJ${digitsAndLetters(30)}.${digitsAndLetters(43)}`,
  'a key of ours': `const key = 'ofk_${digitsAndLetters(43)}'`,
  'a password in an address': `DATABASE_URL=postgres://ops:${digitsAndLetters(20)}@db.example.com/ops`,
  'random text': `const pepper = '${random(43)}A1a'`,
  'random digits': `const secret = "${randomBytes(32).toString('hex')}"`,
}

const HARMLESS = [
  `import { aVeryLongNameOfSomethingThatIsImported } from './elsewhere.ts'`,
  `const id = '01890a5d-ac96-774b-bcce-b302099a8057'`,
  `const path = 'capabilities/checklists/server/doing/store-answers'`,
  `'postgres://user:password@host:5432/database'`,
  `const hash = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'`,
  `const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'`,
]

test.each(Object.entries(PLANTED))(
  '%s is found wherever it lies, and the finding does not repeat it',
  async (_, text) => {
    const { findings } = await inPlantedTree({ 'docs/deep/in/a.md': `first\n${text}\n` }, secrets.look)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatch(/^docs\/deep\/in\/a\.md:2 /)
    const [secret = ''] = /[\w-]{20,}/.exec(text) ?? []
    if (secret) expect(findings[0]).not.toContain(secret)
  },
)

test.each(HARMLESS)('%s is no secret', (text) => expect(secretsIn('a.ts', text)).toEqual([]))

test('of a thousand random keys, nearly all look random', () => {
  const seen = Array.from({ length: 1_000 }, () => looksRandom(random(43))).filter(Boolean).length
  expect(seen).toBeGreaterThan(950)
})

const CALLS = [
  `await fetch(url)`,
  `import { request } from 'node:https'`,
  `import {\n  createServer,\n  request,\n} from 'node:http'`,
  `import { connect } from 'node:tls'`,
  `import { lookup } from 'node:dns'`,
  `import axios from 'axios'`,
  `import WebSocket from 'ws'`,
  `import { S3Client } from '@aws-sdk/client-s3'`,
]

test.each(CALLS)('%s is a way out that must be named', (text) => {
  expect(waysOutOf('capabilities/webhooks/server/send.ts', text)).toHaveLength(1)
})

test.each([
  `import { createServer } from 'node:http'`,
  `import type { IncomingHttpHeaders } from 'node:http'`,
  `import type { Redis } from 'ioredis'`,
  `parts.prefetch(key)`,
])('%s is none', (text) => expect(waysOutOf('capabilities/webhooks/server/send.ts', text)).toEqual([]))

test('a named way out that is gone is found', async () => {
  const { findings } = await inPlantedTree({ 'platform/server/a.ts': '' }, waysOut.look)
  expect(findings).toContain('scripts/check/ways-out.ts names platform/server/mail.ts, which is not there')
})

test('each refused package is found in a lock, and says why it is', () => {
  for (const [name, why] of Object.entries(denied)) {
    const lock: Lock = { packages: { [`node_modules/deep/node_modules/${name}`]: { version: '1.0.0' } } }
    expect(deniedIn(lock, denied)).toEqual([`node_modules/deep/node_modules/${name} is refused: ${why}`])
    expect(why.length).toBeGreaterThan(10)
  }
})

test('a secret that was taken out again is found in the history', async () => {
  const text = `const key = 'ghp_${digitsAndLetters(36)}'\n`
  const { findings } = await inPlantedTree({ 'a.ts': text }, async (root) => {
    const commit = (message: string) => {
      const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
      execFileSync('git', ['add', '-A'], { cwd: root })
      execFileSync('git', [...author, 'commit', '-q', '-m', message], { cwd: root })
    }
    commit('in')
    writeFileSync(join(root, 'a.ts'), 'const key = undefined\n')
    commit('out')
    expect((await secrets.look(root)).findings).toEqual([])
    return secretsInHistory(root)
  })
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatch(/^[0-9a-f]{7,} a\.ts a token of GitHub$/)
})

test('a package that may not be shipped is found, installed or only locked; one for development is not looked at', async () => {
  const packages = {
    'node_modules/copyleft': { version: '1.0.0', license: 'MIT' },
    'node_modules/locked-only': { version: '1.0.0', license: 'SSPL-1.0' },
    'node_modules/tool': { version: '1.0.0', license: 'GPL-3.0', dev: true },
    'node_modules/fine': { version: '1.0.0', license: 'MIT' },
  }
  const files = {
    'package-lock.json': JSON.stringify({ packages }),
    'node_modules/copyleft/package.json': JSON.stringify({ license: 'AGPL-3.0-only' }),
  }
  expect((await inPlantedTree(files, licences.look)).findings).toEqual([
    'node_modules/copyleft has the licence AGPL-3.0-only',
    'node_modules/locked-only has the licence SSPL-1.0',
  ])
})

test('what was planted is counted', async () => {
  const files = Object.fromEntries(Object.values(PLANTED).map((text, n) => [`planted/${n}.ts`, `${text}\n`]))
  const { findings } = await inPlantedTree(files, secrets.look)
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const [tree, out] = [await secrets.look(root), await waysOut.look(root)]
  const history = await secretsInHistory(root)
  const [planted, found] = [Object.keys(PLANTED).length, findings.length]
  proven('security', {
    title: 'Secrets and ways out in the code',
    method:
      'Every file of the repository is searched for secrets of known kinds and for text that looks random; server code for calls that do not go by the one way out. The searches are tried on planted secrets, made anew in each run.',
    findings: [
      {
        what: 'planted secrets found',
        goal: `${planted} of ${planted}`,
        seen: `${found} of ${planted}`,
        met: found === planted,
      },
      {
        what: 'secrets in the tree',
        goal: '0',
        seen: `${tree.findings.length} in ${tree.looked} files`,
        met: tree.findings.length === 0,
      },
      {
        what: 'secrets in any commit',
        goal: '0',
        seen: `${history.findings.length} in ${history.lines} lines`,
        met: history.findings.length === 0,
      },
      {
        what: 'unnamed ways out',
        goal: '0',
        seen: `${out.findings.length} in ${out.looked} files`,
        met: out.findings.length === 0,
      },
      { what: 'refused packages known by name', seen: `${Object.keys(denied).length}` },
    ],
  })
  expect(found).toBe(planted)
  expect(history.findings).toEqual([])
  expect(history.lines).toBeGreaterThan(0)
})
