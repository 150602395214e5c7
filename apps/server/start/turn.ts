import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '@opsflow/platform/server/config'
import { openDataDir } from '@opsflow/platform/server/postgres/home'
import { say } from './say.ts'

export type Turn = {
  /** Set when another process already runs the product: there is nothing to start. */
  runningAt?: string
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
    const release = lock(`${file}.lock`)
    if (release) return turnAt(`${file}.json`, release)
    const runningAt = addressIn(`${file}.json`)
    if (runningAt) return { runningAt, announce: () => {}, release: () => {} }
    if (!told) say('OpsFlow is being started already; waiting for it …')
    await wait(250)
  }
}

function turnAt(note: string, release: () => void): Turn {
  rmSync(note, { force: true }) // left by a process that was killed
  return {
    announce: (address) => writeFileSync(note, JSON.stringify({ pid: process.pid, address })),
    release: () => {
      rmSync(note, { force: true })
      release()
    },
  }
}

/** SQLite's lock is the operating system's: it goes when its holder does, however that ends, and cannot be mistaken. */
function lock(file: string): (() => void) | undefined {
  const database = new DatabaseSync(file)
  try {
    database.exec('begin exclusive')
    return () => database.close()
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined
    throw error
  }
}

const SQLITE_BUSY = 5

function addressIn(note: string): string | undefined {
  if (!existsSync(note)) return undefined
  try {
    return (JSON.parse(readFileSync(note, 'utf8')) as { address: string }).address
  } catch {
    return undefined // being written or removed just now
  }
}
