import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '@opsflow/platform/server/config'
import { openDataDir } from '@opsflow/platform/server/postgres/home'
import { tryLock } from './lock.ts'
import { say } from './say.ts'

type Turn =
  | {
      /** Another process runs the product there: nothing is to be started. */
      runningAt: string
    }
  | {
      runningAt: undefined
      /** Tells later starts where the product runs. */
      announce: (address: string) => void
      release: () => void
    }

/**
 * One product at a time on a data folder. A start that meets one that is still starting waits for it, and takes over
 * if that one gives up. Processes that share a server of your own run side by side, one for each port.
 */
export async function takeTurn(config: Config): Promise<Turn> {
  const name = config.database.url ? `start-${config.port}` : 'start'
  const file = join(openDataDir(config.dataDir), name)
  for (let told = false; ; told = true) {
    const release = tryLock(`${file}.lock`)
    if (release) return ownTurn(`${file}.json`, release)
    const runningAt = addressIn(`${file}.json`)
    if (runningAt) return { runningAt }
    if (!told) say('OpsFlow is being started already; waiting for it …')
    await wait(250)
  }
}

function ownTurn(note: string, release: () => void): Turn {
  rmSync(note, { force: true }) // left by a process that was killed
  return {
    runningAt: undefined,
    announce: (address) => writeFileSync(note, JSON.stringify({ pid: process.pid, address })),
    release: () => {
      rmSync(note, { force: true })
      release()
    },
  }
}

function addressIn(note: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(note, 'utf8')) as { address: string }).address
  } catch {
    return undefined // not there yet, or being written just now
  }
}
