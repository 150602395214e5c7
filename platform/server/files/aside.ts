import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Bytes that lie on the disk without a name until they were read once. */
export type AsideFile = { size: number; bytes: AsyncIterableIterator<Buffer> }

type Write = (chunk: Uint8Array) => Promise<void>

/** For what is too large to hold in memory and has to be whole before it leaves. Nothing is left behind, whatever ends it. */
export async function writeAside(fill: (write: Write) => Promise<unknown>): Promise<AsideFile> {
  const path = join(tmpdir(), `opsflow-aside-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await rm(path) // open, it stays readable; closed, it is gone
    await fill(async (chunk) => void (await file.writeFile(chunk))) // goes on where the last one ended
    const { size } = await file.stat()
    return { size, bytes: read(file) }
  } catch (error) {
    await file.close()
    throw error
  }
}

const CHUNK = 64 * 1024

/** No generator: one that was never asked for anything would not close the file. */
function read(file: FileHandle): AsyncIterableIterator<Buffer> {
  let at = 0
  const end = async () => {
    await file.close()
    return { done: true as const, value: undefined }
  }
  return {
    async next() {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, at)
      at += bytesRead
      return bytesRead === 0 ? end() : { done: false, value: buffer.subarray(0, bytesRead) }
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
