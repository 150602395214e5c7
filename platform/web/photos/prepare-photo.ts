import { JUDGED_EDGE, LONGEST_EDGE, type Warning, warningsOf, within } from '@opsflow/platform/client/files/picture'
import type { TakenPhoto } from '@opsflow/platform/client/files/use-photos'

export type PreparedPhoto = TakenPhoto & { warnings: Warning[] }

const QUALITY = 0.8

/**
 * A photo made small on the device that took it: upright, 2048 pixels at most, drawn anew so that place and camera
 * stay behind. Throws when the browser cannot read the file as a picture.
 */
export async function preparePhoto(file: Blob): Promise<PreparedPhoto> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const size = within(picture.width, picture.height, LONGEST_EDGE)
    const canvas = drawn(picture, size)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
    const bytes = await blob.arrayBuffer()
    return { bytes, ...size, sha256: await sha256Of(bytes), warnings: judged(picture) }
  } finally {
    picture.close()
  }
}

function judged(picture: ImageBitmap): Warning[] {
  const size = within(picture.width, picture.height, JUDGED_EDGE)
  const pixels = contextOf(drawn(picture, size)).getImageData(0, 0, size.width, size.height)
  return warningsOf(pixels.data, size.width, size.height)
}

function drawn(picture: ImageBitmap, { width, height }: { width: number; height: number }): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height)
  const context = contextOf(canvas)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  return canvas
}

function contextOf(canvas: OffscreenCanvas) {
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('This browser draws no pictures.')
  return context
}

/** As a file is called everywhere. */
export async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
