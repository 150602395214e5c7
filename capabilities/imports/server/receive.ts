import { createHash } from 'node:crypto'
import { refuse } from '@opsflow/platform/refusal'
import { type Encoding, type ImportKind, MOST_BYTES, MOST_JSON_BYTES } from '../audit-import.ts'
import { looksPacked } from './pack/open-pack.ts'
import type { Received } from './store-imports.ts'

export const CHUNK_BYTES = 1024 * 1024

/**
 * Takes a file as it arrives, in pieces of one size: nothing of it is held but the piece that fills. What it is, is told by
 * its bytes, never by its name.
 */
export async function receive(
  stream: AsyncIterable<Uint8Array>,
  keep: (n: number, bytes: Uint8Array) => Promise<void>,
): Promise<Received> {
  const hash = createHash('sha256')
  const seen = new Seen()
  let piece: Buffer[] = []
  let [held, bytes, n] = [0, 0, 0]
  const flush = async () => {
    if (held === 0) return
    const whole = Buffer.concat(piece, held)
    ;[piece, held] = [[], 0]
    await keep(n++, whole)
  }
  for await (const arrived of stream) {
    bytes += arrived.length
    if (bytes > MOST_BYTES) tooLarge('A file may have 256 MiB at most. Split it by year.')
    hash.update(arrived)
    seen.take(arrived)
    for (let from = 0; from < arrived.length; ) {
      const part = arrived.subarray(from, from + CHUNK_BYTES - held)
      piece.push(Buffer.from(part))
      held += part.length
      from += part.length
      if (held === CHUNK_BYTES) await flush()
    }
  }
  await flush()
  if (bytes === 0) fileWrong('file_empty', 'The file is empty.')
  const { kind, encoding } = seen.told()
  if (kind === 'opsflow' && bytes > MOST_JSON_BYTES)
    tooLarge('A JSON may have 24 MiB at most. Send fewer audits in one.')
  return { bytes, sha256: hash.digest(), kind, encoding }
}

/** What a file looks like from its bytes: its encoding by all of them, its kind by the first. */
class Seen {
  #head = Buffer.alloc(0)
  #isUtf8 = true
  #hasNul = false
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

  take(bytes: Uint8Array) {
    if (this.#head.length < 4096) this.#head = Buffer.concat([this.#head, bytes.subarray(0, 4096)])
    this.#hasNul ||= bytes.includes(0)
    if (this.#isUtf8) this.#isUtf8 = this.#decodes(bytes, true)
  }

  told(): { kind: ImportKind; encoding: Encoding } {
    // An export with its photos beside it; what is in it is told by looking. An office file is a ZIP too, and none of ours.
    if (looksPacked(this.#head) && !/\[Content_Types\]|mimetypeapplication/.test(this.#head.toString('latin1')))
      return { kind: 'safetyculture', encoding: 'utf-8' }
    const encoding = this.#encoding()
    const text = new TextDecoder(encoding).decode(this.#head).trimStart()
    if (/^[[{]/.test(text)) return { kind: 'opsflow', encoding } // or a peer's: the look tells
    if (text === '') fileWrong('file_empty', 'The file is empty.')
    if (/^(<|%PDF|PK|\u0089PNG|GIF8|\{\\rtf)/.test(text))
      fileWrong('file_unknown', 'This is no CSV, JSON or ZIP. Of a spreadsheet, save the sheet as CSV.')
    return { kind: 'inspections', encoding }
  }

  #encoding(): Encoding {
    if (this.#head[0] === 0xff && this.#head[1] === 0xfe) return 'utf-16le'
    if (this.#hasNul) fileWrong('file_unknown', 'This is neither a CSV nor a JSON: it holds binary data.')
    return this.#isUtf8 && this.#decodes(new Uint8Array(), false) ? 'utf-8' : 'windows-1252'
  }

  #decodes(bytes: Uint8Array, stream: boolean): boolean {
    try {
      this.#utf8.decode(bytes, { stream })
      return true
    } catch {
      return false
    }
  }
}

const tooLarge = (detail: string) => refuse('too_large', 'imports.file_too_large', { detail })

const fileWrong = (code: 'file_empty' | 'file_unknown', message: string) =>
  refuse('invalid', `imports.${code}`, {
    detail: message,
    errors: [{ path: 'body', code: `imports.${code}`, message }],
  })
