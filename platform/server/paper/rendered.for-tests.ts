import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** In points of the page, from its upper left corner. */
type Box = { left: number; top: number; width: number; height: number }
type Colour = readonly [red: number, green: number, blue: number]

export type RenderedPage = {
  width: number
  height: number
  /** Every run of text and where it stands. */
  texts: readonly (Box & { text: string })[]
  /** The share of a box that is not white. */
  ink: (box: Box) => number
  colourAt: (left: number, top: number) => Colour
}

const LOOKS = process.env.LOOK_INTO

/** A PDF's pages as a reader shows them, a pixel for each point; with LOOK_INTO also as files to look at. */
export async function rendered(pdf: Uint8Array, name: string): Promise<RenderedPage[]> {
  const reading = getDocument({ data: new Uint8Array(pdf), verbosity: 0 })
  const document = await reading.promise
  const pages: RenderedPage[] = []
  for (let n = 1; n <= document.numPages; n++) {
    const page = await document.getPage(n)
    const viewport = page.getViewport({ scale: 1 })
    const [width, height] = [Math.round(viewport.width), Math.round(viewport.height)]
    const canvas = createCanvas(width, height)
    const context = canvas.getContext('2d')
    await page.render({ canvas: canvas as never, canvasContext: context as never, viewport }).promise
    if (LOOKS) {
      mkdirSync(LOOKS, { recursive: true })
      writeFileSync(join(LOOKS, `${name}-${n}.png`), canvas.toBuffer('image/png'))
    }
    const pixels = context.getImageData(0, 0, width, height).data
    const at = (left: number, top: number): Colour => {
      const from = (Math.round(top) * width + Math.round(left)) * 4
      return [pixels[from] ?? 0, pixels[from + 1] ?? 0, pixels[from + 2] ?? 0]
    }
    const { items } = await page.getTextContent()
    pages.push({
      ...{ width, height },
      texts: items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [placed(item, height)] : [])),
      colourAt: at,
      ink: (box) => inkIn(box, at),
    })
  }
  await reading.destroy()
  return pages
}

type Item = { str: string; transform: number[]; width: number; height: number }

function placed({ str, transform, width, height }: Item, page: number) {
  const [left = 0, bottom = 0] = transform.slice(4)
  return { text: str, left, top: page - bottom - height, width, height }
}

function inkIn({ left, top, width, height }: Box, at: (left: number, top: number) => Colour): number {
  let inked = 0
  for (let y = top; y < top + height; y++)
    for (let x = left; x < left + width; x++) if (at(x, y).some((part) => part < 235)) inked++
  return inked / (width * height)
}
