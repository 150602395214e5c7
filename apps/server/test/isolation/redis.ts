import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@opsflow/platform/server/postgres/port'
import { openRedis } from '@opsflow/platform/server/redis'

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
  const redis = openRedis(url, { warn: () => undefined })
  if (!redis) throw new Error(`${url} names a Redis`)
  await answering(redis.commands)
  const told: string[] = []
  const monitor = await redis.commands.monitor()
  monitor.on('monitor', (_time: string, args: string[]) => void told.push(args.join(' ')))
  return {
    url,
    /** Since it was asked before. */
    take: () => told.splice(0),
    async close() {
      monitor.disconnect()
      redis.close()
      server.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** It takes a moment to start. */
async function answering(client: { ping: () => Promise<string> }) {
  for (let tries = 0; tries < 200; tries++) {
    if (await client.ping().catch(() => undefined)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('Redis did not start')
}
