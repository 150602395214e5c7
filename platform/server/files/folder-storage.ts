import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { CannotStart } from '../cannot-start.ts'
import { CHECK_KEY, type FileStorage, sure } from './storage.ts'

/** Files in a folder of this machine, or one that several machines mount. */
export function folderStorage(folder: string): FileStorage {
  const pathOf = (key: string) => path.join(folder, ...sure(key).split('/'))
  const storage: FileStorage = {
    async put(key, bytes) {
      const file = pathOf(key)
      const place = path.dirname(file)
      await mkdir(place, { recursive: true, mode: 0o700 })
      // Beside its place and under a name of its own: after a crash there is the whole file or none.
      const draft = `${file}.${randomUUID()}`
      try {
        await writeDurably(draft, bytes)
        await rename(draft, file)
      } catch (error) {
        // A full disk has room again only when nothing half lies about.
        await rm(draft, { force: true })
        throw error
      }
      await flush(place)
    },
    get: (key) => readFile(pathOf(key)).catch(absent),
    async open(key) {
      const file = await open(pathOf(key)).catch(absent)
      return file && createReadStream('', { fd: file })
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    removeAll: (under) => rm(pathOf(under), { recursive: true, force: true }),
    async check() {
      try {
        await storage.put(CHECK_KEY, Buffer.from('ok'))
        await storage.get(CHECK_KEY)
      } catch (error) {
        throw new CannotStart(`The folder for files, ${folder}, cannot be written: ${(error as Error).message}`)
      }
    },
    close: () => undefined,
  }
  return storage
}

async function writeDurably(file: string, bytes: Uint8Array) {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

/** A new name is durable when its folder is. Windows has no such call and needs none. */
async function flush(folder: string) {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
