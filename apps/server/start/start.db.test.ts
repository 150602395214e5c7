import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '@opsflow/platform/server/config'
import { freePort } from '@opsflow/platform/server/postgres/port'
import { stopPostmaster } from '@opsflow/platform/server/postgres/postmaster'
import { prepareDatabase } from '@opsflow/platform/server/postgres/prepare'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

// The real program in processes of its own. Without the role `api` it needs no web to be built.
const program = fileURLToPath(new URL('../start.ts', import.meta.url))
const started: Start[] = []
let made: string
let dataDir: string
let port: number

// Made once and copied: the tests are about processes, not about the first database.
beforeAll(async () => {
  made = join(openFolder(), 'data')
  const database = await prepareDatabase(readConfig({ OPSFLOW_DATA_DIR: made }, '/'))
  await database.stop()
})
afterAll(() => rmSync(join(made, '..'), { recursive: true, force: true }))
beforeEach(async () => {
  dataDir = join(openFolder(), 'data')
  execFileSync('cp', ['-a', made, dataDir])
  port = await freePort()
})
afterEach(async () => {
  for (const start of started.splice(0)) await start.end('SIGKILL')
  await stopPostmaster(join(dataDir, 'postgres'))
  rmSync(join(dataDir, '..'), { recursive: true, force: true })
})

/** PostgreSQL may run as another user than the tests. */
function openFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-start-'))
  chmodSync(folder, 0o755)
  return folder
}

type Start = {
  ended: Promise<number | null>
  output: () => string
  says: (words: RegExp) => Promise<string>
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

function startProduct(env: Record<string, string> = {}): Start {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      OPSFLOW_DATA_DIR: dataDir,
      OPSFLOW_ROLES: 'worker',
      OPSFLOW_DEMO: 'off',
      PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const start: Start = {
    ended,
    output: () => output,
    says: async (words) => {
      for (;;) {
        const found = output.match(words)?.[0]
        if (found) return found
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`it ended without saying ${words}:\n${output}`)
        await Promise.race([once(child.stdout as NonNullable<typeof child.stdout>, 'data'), ended])
      }
    },
    end: async (signal) => {
      child.kill(signal)
      return ended
    },
  }
  started.push(start)
  return start
}

const pidFile = () => join(dataDir, 'postgres/postmaster.pid')
const postmaster = () => readFileSync(pidFile(), 'utf8').split('\n')[0]

test.each(['SIGTERM', 'SIGINT'] as const)('%s stops the server and then PostgreSQL', async (signal) => {
  const product = startProduct()
  await product.says(/OpsFlow runs at/)
  expect(await product.end(signal)).toBe(0)
  expect(existsSync(pidFile())).toBe(false)
})

test('of two starts at once one runs the product and the other says where it runs', async () => {
  const both = [startProduct(), startProduct()]
  const words = await Promise.all(both.map((start) => start.says(/OpsFlow (already )?runs at .*/)))
  const addresses = words.map((line) => line.split(/\s+at\s+/)[1])
  expect(words.filter((line) => line.includes('already'))).toHaveLength(1)
  expect(new Set(addresses)).toEqual(new Set([`http://localhost:${port}`]))
  const second = both[words.findIndex((line) => line.includes('already'))]
  expect(await second?.ended).toBe(0)
})

test('after a kill -9 of the server the next start joins its PostgreSQL', async () => {
  const killed = startProduct()
  await killed.says(/OpsFlow runs at/)
  const before = postmaster()
  await killed.end('SIGKILL')
  const next = startProduct()
  await next.says(/OpsFlow runs at/)
  expect(postmaster()).toBe(before)
})

test('a PostgreSQL that is killed under the running product is started again', async () => {
  const product = startProduct()
  await product.says(/OpsFlow runs at/)
  process.kill(Number(postmaster()), 'SIGKILL')
  await product.says(/PostgreSQL has ended; starting it again/)
  expect(await product.end('SIGTERM')).toBe(0)
  expect(existsSync(pidFile())).toBe(false)
})

test('stopped in the middle of its start it leaves nothing running', async () => {
  const product = startProduct()
  await product.says(/Starting OpsFlow/)
  expect(await product.end('SIGTERM')).toBe(0)
  expect(existsSync(pidFile())).toBe(false)
})

test('mistakes in the configuration are named without a stack, and nothing is made', async () => {
  const refused = startProduct({ PORT: 'four', OPSFLOW_DEMO: 'maybe' })
  expect(await refused.ended).toBe(1)
  expect(refused.output()).toContain('PORT must be a whole number')
  expect(refused.output()).toContain('OPSFLOW_DEMO must be on or off')
  expect(refused.output()).not.toMatch(/^\s+at /m)
  expect(existsSync(join(dataDir, 'start.lock'))).toBe(false)
})

test('a port that was asked for and is taken is named, and nothing keeps running', async () => {
  const squatter = createServer().listen(port, '127.0.0.1')
  try {
    const refused = startProduct()
    expect(await refused.ended).toBe(1)
    expect(refused.output()).toContain(`Port ${port} of 127.0.0.1 cannot be used`)
    expect(existsSync(pidFile())).toBe(false)
  } finally {
    squatter.close()
  }
})
