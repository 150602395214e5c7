import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { catchMail } from '@opsflow/platform/server/mail-catcher.for-tests'
import { keepLetter } from './letters.ts'

const root = join(import.meta.dirname, '../../..')
const START_MINUTES = 8

/**
 * Starts the product as a newcomer would, on a free port and an empty data folder, and stops it after the last test.
 * With PRODUCT_URL set, the tests use that running product instead.
 */
export default async function startProduct() {
  if (process.env.PRODUCT_URL) return
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-letters-'))
  const lettersFile = join(folder, 'letters.jsonl')
  const catcher = await catchMail({ onLetter: (letter) => keepLetter(lettersFile, letter) })
  const product = await productWith({
    OPSFLOW_SIGN_UP: 'open',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(catcher.port),
    SMTP_SECURITY: 'none',
    SMTP_FROM: 'OpsFlow <ops@opsflow.example>',
  })
  process.env.PRODUCT_URL = product.url
  process.env.LETTERS_FILE = lettersFile
  return async () => {
    await product.stop()
    await catcher.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A product of a test's own, told what `env` says: an empty one, one with a mail server, one with Clerk. */
export async function productWith(env: NodeJS.ProcessEnv, name = 'product') {
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-browser-tests-'))
  chmodSync(dataDir, 0o755) // PostgreSQL may run as another user, and everything is to lie in here
  const url = `http://localhost:${await freePort()}`
  const logFile = join(root, `test-results/${name}.log`)
  let product = launch(url, dataDir, logFile, env)
  const stop = async () => {
    await end(product)
    rmSync(dataDir, { recursive: true, force: true })
  }
  /** Nobody answers at its address until `resume`; its data stays. */
  const halt = () => end(product)
  const resume = async () => {
    product = launch(url, dataDir, logFile, env)
    await ready(url, product, logFile)
  }
  try {
    await ready(url, product, logFile)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop, halt, resume }
}

function launch(url: string, dataDir: string, logFile: string, env: NodeJS.ProcessEnv): ChildProcess {
  mkdirSync(join(root, 'test-results'), { recursive: true })
  const product = spawn(process.execPath, ['apps/server/start.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutOwnSettings(process.env), PORT: new URL(url).port, OPSFLOW_DATA_DIR: dataDir, ...env },
  })
  const log = createWriteStream(logFile, { flags: 'a' })
  product.stdout?.pipe(log)
  product.stderr?.pipe(log)
  return product
}

/** What the person running the tests has set for a product of their own must not reach this one. */
function withoutOwnSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(OPSFLOW_|DATABASE_|REDIS_|CLERK_|S3_|SMTP_|OPENAI_|HOST$|PORT$|METRICS_TOKEN$|LOG_LEVEL$)/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)))
}

async function ready(url: string, product: ChildProcess, logFile: string) {
  const until = Date.now() + START_MINUTES * 60_000
  while ((await statusOf(`${url}/readyz`)) !== 200) {
    if (product.exitCode !== null || product.signalCode !== null) {
      throw new Error(`The product ended while starting:\n${tailOf(logFile)}`)
    }
    if (Date.now() > until) {
      throw new Error(`The product was not ready within ${START_MINUTES} minutes:\n${tailOf(logFile)}`)
    }
    await wait(250)
  }
  const page = await statusOf(`${url}/`)
  if (page !== 200) throw new Error(`The product is ready, but its front page answers ${page}:\n${tailOf(logFile)}`)
}

/** The status of an answer, also of a redirect followed; undefined when nobody answers. */
const statusOf = async (url: string) => {
  const response = await fetch(url).catch(() => undefined)
  await response?.body?.cancel()
  return response?.status
}

const tailOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(-40).join('\n')

async function end(product: ChildProcess) {
  if (product.exitCode !== null || product.signalCode !== null) return
  const ended = once(product, 'exit')
  product.kill('SIGTERM')
  const impatience = setTimeout(() => product.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(impatience)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return address.port
}
