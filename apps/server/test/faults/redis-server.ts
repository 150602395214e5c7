import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { freePort, isFree } from '@opsflow/platform/server/postgres/port'
import { until } from './house.ts'

const PROGRAM = '/usr/bin/redis-server'
export const redisIsInstalled = existsSync(PROGRAM)

/** A Redis to be killed and started again on the same port. It keeps nothing, as the product's need not. */
export async function killableRedis(folder: string) {
  const port = await freePort()
  let child: ChildProcess | undefined
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]

  async function start() {
    child = spawn(PROGRAM, args, { stdio: 'ignore' })
    await until('Redis listens', async () => !(await isFree(port)))
  }

  async function kill() {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  await start()
  return { port, url: `redis://127.0.0.1:${port}`, start, kill }
}
