import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'

type Release = () => void

/** Undefined when someone holds it. SQLite's lock is the system's: it goes when its holder does, however that ends. */
export function tryLock(file: string): Release | undefined {
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

export async function lockOrWait(file: string): Promise<Release> {
  for (;;) {
    const release = tryLock(file)
    if (release) return release
    await wait(250)
  }
}

const SQLITE_BUSY = 5
