import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { unkept } from '../../files.ts'
import { Refusal } from '../../refusal.ts'
import { sniff } from './sniff.ts'

/** What is kept of bytes that arrived: never the bytes of an image, only its pixels, encoded by us. */
export type Kept = {
  mediaType: 'image/jpeg' | 'application/pdf'
  bytes: Buffer
  thumbnail: Buffer | null
  width: number | null
  height: number | null
}

/** A picture of 64 million pixels unpacks to a quarter of a gigabyte; a bomb of a few kilobytes to far more. */
type Bounds = { mostPixels: number; longestEdge: number }
const BOUNDS: Bounds = { mostPixels: 64_000_000, longestEdge: 4096 }
export const THUMBNAIL_EDGE = 320

// Only these readers of the image library are ever awake: what is not sniffed is not opened either.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})
sharp.cache(false)

/**
 * Decides by content whether bytes may be kept, and in what form. Images are drawn anew: place, camera and whatever
 * else was hidden in the file stay behind. Refuses with one of `unkept`. `begins`: a picture is opened now, which a library does that
 * is not ours.
 */
export async function lookInto(
  bytes: Buffer,
  { bounds = BOUNDS, begins = async () => undefined }: { bounds?: Bounds; begins?: () => Promise<void> } = {},
): Promise<Kept> {
  switch (sniff(bytes)) {
    case 'jpeg':
    case 'png':
    case 'webp':
      return inTurn(async () => {
        await begins()
        return redraw(bytes, bounds)
      })
    case 'pdf':
      return document(bytes)
    case 'heic':
      return no('files.heic_unreadable', 'HEIC cannot be read here. Send the photo as JPEG.')
    case 'markup':
      return no('files.type_refused', 'SVG and HTML are programs, not pictures. Send JPEG, PNG, WebP or PDF.')
    default:
      return no('files.type_unknown', 'Send JPEG, PNG, WebP or PDF.')
  }
}

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

async function redraw(bytes: Buffer, { mostPixels, longestEdge }: Bounds): Promise<Kept> {
  try {
    const open = () => sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
    const { width: w = 0, height: h = 0 } = await open().metadata()
    if (w * h > mostPixels) throw new Error('Input image exceeds pixel limit')
    const drawn = await open()
      .autoOrient()
      .resize({ width: longestEdge, height: longestEdge, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .jpeg({ quality: 85 })
      .toBuffer({ resolveWithObject: true })
    const thumbnail = await sharp(drawn.data)
      .resize({ width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 70 })
      .toBuffer()
    const { width, height } = drawn.info
    return { mediaType: 'image/jpeg', bytes: drawn.data, thumbnail, width, height }
  } catch (error) {
    if (/pixel limit/i.test((error as Error).message)) {
      return no('files.image_too_many_pixels', 'The picture has more pixels than can be opened here.')
    }
    return no('files.image_broken', 'The picture is damaged or was cut off.', error)
  }
}

/** A PDF cannot be drawn anew, so it is only ever handed out as a download, and must look whole from end to end. */
function document(bytes: Buffer): Kept {
  const end = bytes.toString('latin1', Math.max(0, bytes.length - 1024))
  if (!/%%EOF\s*$/.test(end))
    no('files.pdf_broken', 'The PDF is damaged, was cut off, or something is tied to its end.')
  return { mediaType: 'application/pdf', bytes, thumbnail: null, width: null, height: null }
}

function no(code: (typeof unkept)[number], detail: string, cause?: unknown): never {
  throw new Refusal('invalid', code, { detail, errors: [{ path: 'body', code, message: detail }] }).withCause(cause)
}

/** A picture takes memory while it is open: two at a time, the rest wait. */
const AT_ONCE = 2
let free = AT_ONCE
const waiting: (() => void)[] = []
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
}
