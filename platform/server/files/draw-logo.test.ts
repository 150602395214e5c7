import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawLogo } from './draw-logo.ts'

type Colour = { r: number; g: number; b: number; alpha: number }
const [black, white, clear] = [
  { r: 20, g: 20, b: 24, alpha: 1 },
  { r: 255, g: 255, b: 255, alpha: 1 },
  { r: 0, g: 0, b: 0, alpha: 0 },
]
/** A mark of one colour in the middle of another. */
const logoOf = (mark: Colour, ground: Colour, [width, height] = [200, 80]) =>
  sharp({ create: { width, height, channels: 4, background: ground } })
    .composite([
      {
        input: {
          create: {
            width: Math.ceil(width / 2),
            height: Math.ceil(height / 2),
            channels: 4 as const,
            background: mark,
          },
        },
      },
    ])
    .png()

const refusalOf = (bytes: Buffer) =>
  drawLogo(bytes).then(
    () => 'taken',
    ({ code, details }) => `${code}: ${details?.detail}`,
  )

test('a logo is drawn anew as a PNG that stays see-through, and nothing else of the file is in it', async () => {
  const sent = await logoOf(black, clear)
    .withExif({ IFD0: { Copyright: '<script>alert(1)</script>' } })
    .toBuffer()
  expect(sent.toString('latin1')).toContain('<script>')
  const { png, width, height } = await drawLogo(sent)
  expect(png.toString('latin1')).not.toContain('script')
  expect([width, height]).toEqual([200, 80])
  const { hasAlpha, format } = await sharp(png).metadata()
  expect([hasAlpha, format]).toEqual([true, 'png'])
  const { data } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
  expect(data[3]).toBe(0)
  expect((await drawLogo(png)).sha256.equals((await drawLogo(sent)).sha256)).toBe(true)
})

test('JPEG and WebP are taken too, and large ones are made small', async () => {
  for (const bytes of [
    await logoOf(black, white, [2400, 600]).jpeg().toBuffer(),
    await logoOf(black, clear, [2400, 600]).webp().toBuffer(),
  ])
    expect(await drawLogo(bytes)).toMatchObject({ width: 800, height: 200 })
})

test('a dark mark vanishes on dark, a light one on light, and one with its own ground on neither', async () => {
  const vanishing = async (mark: Colour, ground: Colour) => {
    const { vanishesOnLight, vanishesOnDark } = await drawLogo(await logoOf(mark, ground).toBuffer())
    return [vanishesOnLight, vanishesOnDark]
  }
  expect(await vanishing(black, clear)).toEqual([false, true])
  expect(await vanishing(white, clear)).toEqual([true, false])
  expect(await vanishing({ r: 15, g: 118, b: 110, alpha: 1 }, clear)).toEqual([false, false])
  expect(await vanishing(white, { r: 15, g: 118, b: 110, alpha: 1 })).toEqual([false, false])
  expect(await vanishing(black, white)).toEqual([false, false])
})

test('a coloured sign with a dark name beside it vanishes on dark: the name would', async () => {
  const sign = {
    create: { width: 80, height: 80, channels: 4 as const, background: { r: 0, g: 170, b: 85, alpha: 1 } },
  }
  const named = await logoOf(black, clear)
    .composite([
      { input: { create: { ...sign.create, width: 60, height: 20, background: black } }, left: 110, top: 30 },
      { input: sign, left: 0, top: 0 },
    ])
    .toBuffer()
  expect(await drawLogo(named)).toMatchObject({ vanishesOnLight: false, vanishesOnDark: true })
})

test('an SVG is refused in a sentence that says what to do, with a script in it or without, whatever it is called', async () => {
  for (const svg of [
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>',
    '\uFEFF  <svg onload="alert(1)"/>',
  ])
    expect(await refusalOf(Buffer.from(svg))).toMatch(
      /^files.type_refused: SVG is a program, .* Export the logo as PNG/,
    )
})

test('a bomb, a torn file, an empty picture, a dot, a PDF and anything else are refused, each by its name', async () => {
  const whole = await logoOf(black, white, [600, 200]).toBuffer()
  expect(await refusalOf(bomb(60_000, 60_000))).toMatch(/^files.image_too_many_pixels/)
  expect(await refusalOf(whole.subarray(0, whole.length / 2))).toMatch(/^files.image_broken/)
  expect(await refusalOf(await logoOf(clear, clear).toBuffer())).toMatch(/^files.image_broken: There is nothing/)
  expect(await refusalOf(await logoOf(black, black, [4, 4]).toBuffer())).toMatch(
    /^files.image_broken: The logo is too small/,
  )
  expect(await refusalOf(Buffer.from('%PDF-1.7\n%%EOF'))).toMatch(/^files.type_refused/)
  expect(await refusalOf(Buffer.from('GIF89a...........'))).toMatch(/^files.type_refused/)
})

/** A PNG of few bytes that says it is enormous. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const crc = Buffer.alloc(4)
    crc.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, crc])
  }
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const rows = deflateSync(Buffer.alloc(1_000_000))
  return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
