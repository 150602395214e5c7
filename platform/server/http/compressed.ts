import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Request, Response } from 'express'

export type Encoding = 'br' | 'gzip'

/** The best encoding this browser takes, if any. Browsers name gzip first; of equals we choose, not they. */
export const encodingFor = (req: Request): Encoding | undefined =>
  (['br', 'gzip'] as const).find((encoding) => req.acceptsEncodings(encoding))

/** Less fits into one packet either way. */
const WORTH_IT_BYTES = 1400

/**
 * Sends an answer, compressed when it is worth the work. Answers to reads only: what carries a fresh secret (a new
 * key, shown once) answers a write, and its size must tell nothing about it.
 */
export function sendCompressed(res: Response, text: string) {
  res.vary(VARIES)
  const isWorthIt = res.req.method === 'GET' && text.length >= WORTH_IT_BYTES && res.req.headers[VARIES] !== undefined
  const encoding = isWorthIt ? encodingFor(res.req) : undefined
  if (!encoding) return end(res, text)
  quickly[encoding](text).then(
    (body) => end(res.set('content-encoding', encoding), body),
    () => end(res, text),
  )
}

function end(res: Response, body: string | Buffer) {
  res.setHeader('content-length', Buffer.byteLength(body))
  res.end(body)
}

const VARIES = 'accept-encoding'
const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)

/** Levels at which a board of 26 kB takes well under a millisecond, off the thread that answers requests. */
const quickly: Record<Encoding, (text: string) => Promise<Buffer>> = {
  br: (text) =>
    brotli(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
    }),
  gzip: (text) => gzipped(text, { level: 5 }),
}

/** Pictures and fonts are compressed already. */
export const isCompressible = (file: string) => /\.(html|js|css|txt|svg|json)$/.test(file)

/** For what is compressed once and sent many times. */
export const thoroughly = (encoding: Encoding, text: Buffer): Promise<Buffer> =>
  encoding === 'br'
    ? brotli(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } })
    : gzipped(text, { level: 9 })
