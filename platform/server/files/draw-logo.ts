import sharp from 'sharp'
import { Refusal } from '../../refusal.ts'
import { inTurn, sha256Of } from './look-into.ts'
import { sniff } from './sniff.ts'

/** Enough for the head of a paper at 300 dots an inch, and no more. */
const WIDEST = 800
const HIGHEST = 320
/** A bomb of a few kilobytes unpacks to gigabytes. */
const MOST_PIXELS = 24_000_000
const SMALLEST = 16
/** So little contrast hides a spot against its background; where so many of them are hidden, a name may be among them. */
const HIDDEN_BELOW = 1.6
const MANY = 0.1

export type DrawnLogo = {
  /** A PNG of our own, with what was see-through still see-through. */
  png: Buffer
  sha256: Buffer
  width: number
  height: number
  vanishesOnLight: boolean
  vanishesOnDark: boolean
}

/**
 * A logo out of bytes that somebody sent: JPEG, PNG or WebP by content, drawn anew without anything else that was in the file,
 * its empty edges cut off. Refuses everything else, above all SVG, which is a program.
 */
export async function drawLogo(bytes: Buffer): Promise<DrawnLogo> {
  const kind = sniff(bytes)
  if (kind === 'markup')
    return no(
      'files.type_refused',
      'SVG is a program, not a picture, and is not taken. Export the logo as PNG, and send that.',
    )
  if (kind !== 'png' && kind !== 'jpeg' && kind !== 'webp')
    return no('files.type_refused', 'Send the logo as PNG, JPEG or WebP.')
  return inTurn(() => redraw(bytes))
}

async function redraw(bytes: Buffer): Promise<DrawnLogo> {
  const { data: png, info } = await opened(bytes)
  const { width, height } = info
  if (width < SMALLEST || height < SMALLEST)
    return no('files.image_broken', `The logo is too small: at least ${SMALLEST} pixels each way.`)
  const raw = await sharp(png).ensureAlpha().toColourspace('srgb').raw().toBuffer()
  const seen = spots(raw)
  if (seen.length === 0) return no('files.image_broken', 'There is nothing to be seen on this picture.')
  const bringsItsGround = seen.length > 0.98 * Math.ceil(raw.length / STEP)
  const vanishes = (background: number) =>
    !bringsItsGround && seen.filter((spot) => contrast(spot, background) < HIDDEN_BELOW).length > seen.length * MANY
  return { png, sha256: sha256Of(png), width, height, vanishesOnLight: vanishes(1), vanishesOnDark: vanishes(0.012) }
}

async function opened(bytes: Buffer) {
  try {
    const open = () => sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true })
    const { width: w = 0, height: h = 0 } = await open().metadata()
    if (w * h > MOST_PIXELS) throw new Error('Input image exceeds pixel limit')
    return await open()
      .autoOrient()
      .resize({ width: WIDEST, height: HIGHEST, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .png({ compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true })
  } catch (error) {
    if (/pixel limit/i.test((error as Error).message))
      return no('files.image_too_many_pixels', 'The picture has more pixels than can be opened here.')
    return no('files.image_broken', 'The picture is damaged or was cut off.', error)
  }
}

/** How bright each spot is that can be seen through little: one of four is enough to know. */
const STEP = 16
function spots(raw: Buffer): number[] {
  const found: number[] = []
  for (let at = 0; at + 3 < raw.length; at += STEP) {
    if ((raw[at + 3] ?? 0) < 96) continue
    found.push(brightness(raw[at] ?? 0, raw[at + 1] ?? 0, raw[at + 2] ?? 0))
  }
  return found
}

/** Relative luminance and contrast as WCAG has them. */
const linear = (part: number) => {
  const share = part / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
const brightness = (r: number, g: number, b: number) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
const contrast = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)

function no(code: string, detail: string, cause?: unknown): never {
  throw new Refusal('invalid', code, { detail, errors: [{ path: 'body', code, message: detail }] }).withCause(cause)
}
