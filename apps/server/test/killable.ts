import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { emptyFolder } from '@opsflow/platform/server/files/folder.for-tests'
import { testDatabase } from '@opsflow/platform/server/postgres/for-tests'
import { freePort } from '@opsflow/platform/server/postgres/port'
import { newSecrets } from '@opsflow/platform/server/postgres/secrets'
import { expect, vi } from 'vitest'

const program = fileURLToPath(new URL('./server-process.for-tests.ts', import.meta.url))
const READY = { timeout: 90_000, interval: 20 }

/** The product's server in a process of its own on an empty database: to be killed, and started again on the same ground. */
export async function killableServer(settings: Record<string, string> = {}) {
  const database = await testDatabase()
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const secrets = { ...newSecrets(), contextKey: database.contextKey.toString('base64') }
  const environment = {
    PATH: process.env.PATH,
    GROUND: JSON.stringify({ urls: database.urls, secrets, port, publicUrl: origin }),
    OPSFLOW_DEMO: 'off',
    OPSFLOW_RATE_LIMIT: '10000000',
    LOG_LEVEL: 'silent',
    ...settings,
  }
  let server: ChildProcess | undefined

  /** Answers once it is ready. */
  async function launch() {
    server = spawn(process.execPath, [program], {
      stdio: 'ignore',
      env: { ...environment, OPSFLOW_DATA_DIR: emptyFolder() },
    })
    await vi.waitFor(async () => expect((await fetch(`${origin}/readyz`)).status).toBe(200), READY)
  }

  /** At once and without a word. Nothing where it is dead already. */
  async function kill() {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }

  return { database, origin, launch, kill }
}

export type KillableServer = Awaited<ReturnType<typeof killableServer>>
