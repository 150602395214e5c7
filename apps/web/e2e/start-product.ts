import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

import { catchMail } from '@opsflow/platform/server/mail-catcher.for-tests'
import { keepLetter } from './letters.ts'
import { type Product, tellProducts, WORKERS } from './products.ts'

const root = join(import.meta.dirname, '../../..')
const START_MINUTES = 8
/** Where a product with the demo lies that nobody runs: making it takes half a minute, copying it a moment. */
const DEMO_FOLDER = 'DEMO_OF_THIS_RUN'

/**
 * Starts the product as a newcomer would, on an empty data folder: it builds the web and makes its demo. Each worker then
 * has a product on a copy of that folder. All are stopped after the last test. With PRODUCT_URL set, the tests use that
 * running product instead.
 */
export default async function startProducts() {
  if (process.env.PRODUCT_URL) return
  const ends: (() => Promise<void>)[] = []
  const stopAll = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    const first = await productWith({}, 'first-start')
    ends.push(first.stop)
    await first.halt()
    process.env[DEMO_FOLDER] = first.dataDir
    tellProducts(await Promise.all(Array.from({ length: WORKERS }, (_, worker) => productForWorker(worker, ends))))
  } catch (error) {
    await stopAll()
    throw error
  }
  return stopAll
}

/** One product with the demo for a bench, told through PRODUCT_URL, where none is given. */
export async function startOne() {
  if (process.env.PRODUCT_URL) return
  const product = await productWith({})
  process.env.PRODUCT_URL = product.url
  return product.stop
}

/** A product with the demo, open for new customers, whose letters are caught. */
async function productForWorker(worker: number, ends: (() => Promise<void>)[]): Promise<Product> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-letters-'))
  const letters = join(folder, 'letters.jsonl')
  const catcher = await catchMail({ onLetter: (letter) => keepLetter(letters, letter) })
  ends.push(async () => {
    await catcher.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const product = await productWith(
    {
      OPSFLOW_SIGN_UP: 'open',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(catcher.port),
      SMTP_SECURITY: 'none',
      SMTP_FROM: 'OpsFlow <ops@opsflow.example>',
    },
    `product-${worker}`,
  )
  ends.push(product.stop)
  return { url: product.url, letters }
}

/** A product of a test's own, told what `env` says: an empty one, one with a mail server, one with Clerk. */
export async function productWith(env: NodeJS.ProcessEnv, name = 'product') {
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-browser-tests-'))
  chmodSync(dataDir, 0o755) // PostgreSQL may run as another user, and everything is to lie in here
  const demo = process.env[DEMO_FOLDER]
  if (demo && env.OPSFLOW_DEMO !== 'off') copyOf(demo, dataDir)
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
  return { url, dataDir, stop, halt, resume }
}

/** With its owners and rights, which PostgreSQL looks at. Two products never share a port. */
function copyOf(demo: string, dataDir: string) {
  execFileSync('cp', ['-Rp', `${demo}/.`, dataDir])
  rmSync(join(dataDir, 'postgres.port'), { force: true })
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
