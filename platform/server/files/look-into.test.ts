import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { Refusal } from '../../refusal.ts'
import { lookInto, THUMBNAIL_EDGE } from './look-into.ts'

const picture = (width = 800, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 80, b: 30 } } })
const codeOf = (bytes: Uint8Array) =>
  lookInto(Buffer.from(bytes)).then(
    ({ mediaType }) => mediaType,
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

test.each(['jpeg', 'png', 'webp'] as const)('a %s is kept as a JPEG, with a thumbnail', async (format) => {
  const kept = await lookInto(await picture().toFormat(format).toBuffer())
  expect(kept).toMatchObject({ mediaType: 'image/jpeg', width: 800, height: 600 })
  expect((await sharp(kept.bytes).metadata()).format).toBe('jpeg')
  expect((await sharp(kept.thumbnail ?? Buffer.of()).metadata()).width).toBe(THUMBNAIL_EDGE)
})

test('where and with what a photo was taken stays behind, and it stands upright', async () => {
  const exif = { IFD0: { Make: 'Secret Phone' }, IFD3: { GPSLatitude: '48/1 51/1 30/1', GPSLatitudeRef: 'N' } }
  const taken = await picture().withMetadata({ orientation: 6 }).withExifMerge(exif).jpeg().toBuffer()
  expect(taken.includes('Secret Phone')).toBe(true)
  const kept = await lookInto(taken)
  expect(kept.bytes.includes('Secret Phone')).toBe(false)
  expect(await sharp(kept.bytes).metadata()).not.toHaveProperty('exif')
  expect(kept).toMatchObject({ width: 600, height: 800 })
})

test('what is tied to the end of a picture does not come along', async () => {
  const polyglot = Buffer.concat([
    await picture().jpeg().toBuffer(),
    Buffer.from('<script>alert(1)</script>PK\x03\x04'),
  ])
  const kept = await lookInto(polyglot)
  expect(kept.bytes.includes('<script>')).toBe(false)
})

test('a picture larger than anyone needs is made smaller', async () => {
  expect(await lookInto(await picture(6000, 2000).jpeg().toBuffer())).toMatchObject({ width: 4096 })
})

test('a few kilobytes that unpack to a billion pixels are not unpacked', async () => {
  const bomb = pngOf(60_000, 60_000)
  expect(bomb.length).toBeLessThan(10_000)
  expect(await codeOf(bomb)).toBe('files.image_too_many_pixels')
})

test('a picture that was cut off is refused, however much of it there is', async () => {
  const whole = await picture().jpeg().toBuffer()
  for (const share of [0.2, 0.6, 0.95]) {
    expect(await codeOf(whole.subarray(0, whole.length * share)), String(share)).toBe('files.image_broken')
  }
})

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'files.type_refused'],
  ['SVG behind a declaration', '<?xml version="1.0"?><svg/>', 'files.type_refused'],
  ['HTML', '\n <!DOCTYPE html><script>alert(1)</script>', 'files.type_refused'],
  ['a script', '#!/bin/sh\nrm -rf /', 'files.type_unknown'],
  ['an archive', 'PK\x03\x04whatever', 'files.type_unknown'],
  ['a GIF that is a script', 'GIF89a/*', 'files.type_unknown'],
  ['a TIFF', 'II*\0', 'files.type_unknown'],
  ['the first bytes of a JPEG before a page', '\xff\xd8\xff<html><script>alert(1)</script>', 'files.image_broken'],
  ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0', 'files.heic_unreadable'],
  ['half a PDF', '%PDF-1.7\n1 0 obj', 'files.pdf_broken'],
  ['a PDF with a page tied to its end', '%PDF-1.7\n%%EOF\n<html>', 'files.pdf_broken'],
  ['a PDF', '%PDF-1.7\n1 0 obj\n%%EOF\n', 'application/pdf'],
  ['nothing', '', 'files.type_unknown'],
])('%s', async (_what, text, outcome) => {
  expect(await codeOf(Buffer.from(text, 'latin1'))).toBe(outcome)
})

/** A PNG that says it is so large and holds a line of it. */
function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const lines = deflateSync(Buffer.alloc(width / 8 + 1))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', lines), chunk('IEND', Buffer.of())])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
