import { Readable } from 'node:stream'
import { RandomAccessReader } from 'yauzl'

const HELD = 4

/** A file that is kept in pieces of one size, read from anywhere; a few pieces are held at a time. */
export class KeptReader extends RandomAccessReader {
  readonly #pieceBytes: number
  readonly #piece: (n: number) => Promise<Uint8Array>
  readonly #held = new Map<number, Promise<Uint8Array>>()

  constructor(pieceBytes: number, piece: (n: number) => Promise<Uint8Array>) {
    super()
    this.#pieceBytes = pieceBytes
    this.#piece = piece
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#range(start, end), { objectMode: false })
  }

  async *#range(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; ) {
      const n = Math.floor(at / this.#pieceBytes)
      const from = at - n * this.#pieceBytes
      const part = (await this.#take(n)).subarray(from, from + end - at)
      if (part.length === 0) throw new Error(`nothing is kept at ${at}`)
      at += part.length
      yield part
    }
  }

  #take(n: number): Promise<Uint8Array> {
    const known = this.#held.get(n)
    if (known) return known
    const piece = this.#piece(n)
    this.#held.set(n, piece)
    const [oldest] = this.#held.keys()
    if (this.#held.size > HELD && oldest !== undefined) this.#held.delete(oldest)
    return piece
  }
}
