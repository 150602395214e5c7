import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@opsflow/platform/server/postgres/port'
import { Redis } from 'ioredis'

const REDIS_SERVER = '/usr/bin/redis-server'

/** A Redis of the test's own that tells everything it is told. Undefined where none is installed. */
export async function watchedRedis() {
  if (!existsSync(REDIS_SERVER)) return undefined
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'opsflow-redis-'))
  const server = spawn(REDIS_SERVER, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder], {
    stdio: 'ignore',
  })
  const url = `redis://127.0.0.1:${port}`
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 })
  client.on('error', () => undefined)
  await client.ping()
  const told: string[] = []
  const monitor = await client.monitor()
  monitor.on('monitor', (_time: string, args: string[]) => void told.push(args.join(' ')))
  return {
    url,
    client,
    /** Since it was asked before. */
    take: () => told.splice(0),
    async close() {
      monitor.disconnect()
      client.disconnect()
      server.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
