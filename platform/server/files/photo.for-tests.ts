import { createHash, randomBytes, randomUUID } from 'node:crypto'
import sharp from 'sharp'

/** A photo that a device could have taken: as many bytes as a camera's noise makes of it. */
export async function photoForTests(edge = 400) {
  const noise = await sharp(randomBytes(edge * edge * 3), { raw: { width: edge, height: edge, channels: 3 } })
    .jpeg({ quality: 70 })
    .toBuffer()
  return named(noise)
}

/** As large as that, and a few kilobytes. */
export const plainPicture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()

export const widthOf = async (bytes: Buffer) => (await sharp(bytes).metadata()).width

/** In each form that is taken, with words and a place hidden in it. */
export const hiding = async (photo: Buffer, words: string) => {
  const exif = { IFD0: { Copyright: words }, IFD3: { GPSLatitude: '48/1 8/1 0/1', GPSLatitudeRef: 'N' } }
  const forms = (['jpeg', 'png', 'webp'] as const).map((form) => sharp(photo).withExif(exif).toFormat(form).toBuffer())
  return Promise.all(forms)
}

export const hasExif = async (bytes: Buffer) => (await sharp(bytes).metadata()).exif !== undefined

export const named = (bytes: Buffer) => ({
  id: randomUUID() as string,
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})
export type Photo = ReturnType<typeof named>

/** The headers with which an upload begins. */
export function beginning(photo: Photo, locationId: string, more: Record<string, string> = {}) {
  const metadata = {
    id: photo.id,
    sha256: photo.sha256,
    locationId,
    capturedAt: new Date().toISOString(),
    capturedQuality: 'exact',
    filename: '../../etc/passwd',
    ...more,
  }
  return {
    'tus-resumable': '1.0.0',
    'upload-length': String(photo.bytes.length),
    'upload-metadata': Object.entries(metadata)
      .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
      .join(','),
  }
}

export const from = (offset: number) => ({
  'tus-resumable': '1.0.0',
  'upload-offset': String(offset),
  'content-type': 'application/offset+octet-stream',
})

/** A PNG of one colour. */
export const pictureForTests = (background: { r: number; g: number; b: number }): Promise<Buffer> =>
  sharp({ create: { width: 120, height: 60, channels: 3, background } })
    .png()
    .toBuffer()
