import { type Entry, fromRandomAccessReaderPromise, type RandomAccessReader, type ZipFile } from 'yauzl'
import { MOST_JSON_BYTES } from '../../audit-import.ts'
import { entryKind, MOST_ENTRIES, MOST_PHOTO_BYTES, type PackProblem, packProblem } from '../../pack-entry.ts'
import { FileProblem } from '../file-problem.ts'

/** A ZIP of exports with the photos they name, opened. Nothing of it was unpacked but what is asked for. */
export type Pack = {
  /** The text of each export in it, all of them together no longer than one JSON may be. */
  exports: () => Promise<string[]>
  has: (mediaId: string) => boolean
  /** Null: it is no photo by its size, or its bytes are damaged. */
  photo: (mediaId: string) => Promise<Buffer | null>
  close: () => void
}

export const looksPacked = (head: Uint8Array) =>
  head[0] === 0x50 && head[1] === 0x4b && (head[2] ?? 0) * 256 + (head[3] ?? 0) === 0x0304

/** Reads the list of what is in it, and refuses it as a whole where that is no list of an export. */
export async function openPack(reader: RandomAccessReader, fileBytes: number): Promise<Pack> {
  const zip = await fromRandomAccessReaderPromise(reader, fileBytes, { autoClose: false }).catch(unreadable)
  try {
    const entries = await entriesOf(zip)
    const told = entries.map(({ fileName, compressedSize, uncompressedSize, ...entry }) => ({
      ...{ name: fileName, packedBytes: compressedSize, bytes: uncompressedSize },
      isEncrypted: (entry.generalPurposeBitFlag & 1) === 1,
    }))
    const problem = packProblem(told, fileBytes)
    if (problem) refused(problem)
    return packOf(zip, entries)
  } catch (error) {
    zip.close()
    throw error
  }
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > MOST_ENTRIES) refused('zip_too_many')
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) if (entries.push(entry) > MOST_ENTRIES) break
  } catch (error) {
    unreadable(error as Error)
  }
  return entries
}

function packOf(zip: ZipFile, entries: readonly Entry[]): Pack {
  const texts = entries.filter(({ fileName }) => entryKind(fileName).kind === 'export')
  const media = new Map<string, Entry>()
  for (const entry of entries) {
    const kind = entryKind(entry.fileName)
    if (kind.kind === 'media' && !media.has(kind.id)) media.set(kind.id, entry)
  }
  if (texts.length === 0) refused('zip_no_export')
  return {
    async exports() {
      const read: string[] = []
      let left = MOST_JSON_BYTES
      for (const entry of texts) {
        if (entry.uncompressedSize > left) throw new FileProblem('file_too_large', 'A JSON may have 24 MiB at most.')
        const bytes = await unpacked(zip, entry, left).catch(unreadable)
        left -= bytes.length
        read.push(new TextDecoder().decode(bytes).replaceAll('\0', '\uFFFD'))
      }
      return read
    },
    has: (mediaId) => media.has(mediaId.toLowerCase()),
    async photo(mediaId) {
      const entry = media.get(mediaId.toLowerCase())
      if (!entry || entry.uncompressedSize > MOST_PHOTO_BYTES) return null
      return unpacked(zip, entry, MOST_PHOTO_BYTES).catch((error: Error) => {
        if (error instanceof Damaged) return null
        throw error
      })
    },
    close: () => zip.close(),
  }
}

/** What the ZIP itself is to blame for; a database that is gone is another matter. */
class Damaged extends Error {}

/** Its declared length was looked at; what unpacks to more is stopped there. */
async function unpacked(zip: ZipFile, entry: Entry, most: number): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry).catch(damagedUnlessOurs)
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of stream) {
      bytes += (part as Buffer).length
      if (bytes > most) throw new Damaged('it unpacks to more than it says')
      parts.push(part as Buffer)
    }
  } catch (error) {
    return damagedUnlessOurs(error as Error)
  } finally {
    stream.destroy()
  }
  return Buffer.concat(parts, bytes)
}

function damagedUnlessOurs(error: Error): never {
  const isZips = 'code' in error ? /^Z_|^ERR_/.test(String(error.code)) : error.constructor === Error
  throw isZips ? new Damaged(error.message) : error
}

const refused = (code: PackProblem): never => {
  throw new FileProblem(code, SENTENCES[code])
}

const SENTENCES: Record<PackProblem, string> = {
  zip_unreadable: 'This ZIP cannot be read.',
  zip_encrypted: 'This ZIP is locked with a password.',
  zip_nested: 'There is another archive in this ZIP. Unpack that one first.',
  zip_path: 'A name in this ZIP leads out of it.',
  zip_too_many: `A ZIP may hold ${MOST_ENTRIES} files at most.`,
  zip_bomb: 'This ZIP unpacks to far more than its size.',
  zip_no_export: 'There is no JSON export in this ZIP.',
}

/** The library's sentences are for developers; ours has a name. */
function unreadable(error: Error): never {
  if (error instanceof FileProblem) throw error
  if (!(error instanceof Damaged) && error.constructor !== Error) throw error
  if (/relative path|absolute path|invalid characters/.test(error.message)) return refused('zip_path')
  return refused(/encrypt/.test(error.message) ? 'zip_encrypted' : 'zip_unreadable')
}
