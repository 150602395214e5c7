import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { encode } from 'uqr'

const require = createRequire(import.meta.url)
/** Latin, Greek, Cyrillic, Vietnamese, Devanagari. */
const FONTS = {
  plain: require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  strong: require.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
}
export const INK = '#1b1d22'
export const QUIET = '#5b616e'
export const RULE = '#d5d8de'
export const FAIL = '#a3161c'

const MARGIN = 48
const FOOT = 40
const CODE = 62
const PICTURE = 150
/** In points: as high as two lines of a title. */
const LOGO = { width: 190, height: 46 }
/** Behind a logo that is made for dark backgrounds. */
const PLATE = '#1b1d22'

type Tag = 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD' | 'Figure'
/** Where a paper can be held against what was made, and what is said of it. */
export type Verify = { address: string; caption: string }
/** A picture, or the place it should have. */
export type PaperPicture = { caption: string; alt: string; bytes: Uint8Array | null }
/** An organization's logo as a PNG. `needsPlate`: on white it could not be made out. */
export type PaperLogo = { bytes: Uint8Array; width: number; height: number; needsPlate: boolean }
type PaperOptions = {
  title: string
  language: string
  brand?: string | null
  verify?: Verify | undefined
  /** At the head of the first page, named for whoever hears it. */
  logo?: (PaperLogo & { alt: string }) | null | undefined
}
export type Foot = { left: string; right: (page: number, of: number) => string; above: string }

/**
 * An A4 document that a screen reader can read: everything drawn through `tag` has its place in the document's
 * structure (PDF/UA), the rest is decoration. Text can be searched; headings are bookmarks.
 */
export class Paper {
  readonly doc: PDFKit.PDFDocument
  readonly left = MARGIN
  readonly #bytes: Promise<Buffer>
  readonly #root: PDFKit.PDFStructureElement
  readonly #brand: string | null
  readonly #verify: Verify | undefined
  readonly #logo: (PaperLogo & { alt: string }) | null

  constructor({ title, language, brand = null, verify, logo = null }: PaperOptions) {
    this.#logo = logo
    this.#brand = brand
    this.#verify = verify
    this.doc = new PDFDocument({
      size: 'A4',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
      bufferPages: true,
      font: FONTS.plain,
      lang: language,
      displayTitle: true,
      pdfVersion: '1.7',
      subset: 'PDF/UA',
      tagged: true,
      info: { Title: title, Producer: 'OpsFlow', Creator: 'OpsFlow' },
    } as unknown as PDFKit.PDFDocumentOptions) // its types do not know PDF/UA yet
    const pieces: Buffer[] = []
    this.#bytes = new Promise((resolve, reject) => {
      this.doc.on('data', (piece: Buffer) => pieces.push(piece))
      this.doc.on('end', () => resolve(Buffer.concat(pieces)))
      this.doc.on('error', reject)
    })
    this.doc.registerFont('plain', FONTS.plain).registerFont('strong', FONTS.strong)
    this.#root = this.doc.struct('Document')
    this.doc.addStructure(this.#root)
  }

  get width() {
    return this.doc.page.width - 2 * MARGIN
  }
  get #bottom() {
    return this.doc.page.height - MARGIN - FOOT
  }

  /** What belongs together is not torn apart at the end of a page. Answers whether a new one began. */
  keep(height: number): boolean {
    if (this.doc.y + height <= this.#bottom) return false
    this.doc.addPage()
    return true
  }

  /** What a drawing means to whoever hears the document instead of seeing it. */
  tag(type: Tag, draw: () => void, alt?: string) {
    this.#root.add(this.doc.struct(type, alt === undefined ? {} : { alt }, draw))
  }

  /** Seen only: lines, boxes. */
  decoration(draw: () => void) {
    this.doc.markContent('Artifact', { type: 'Layout' } as PDFKit.Mixins.MarkingOptions)
    draw()
    this.doc.endMarkedContent()
  }

  write(font: 'plain' | 'strong', size: number, colour: string) {
    return this.doc.font(font).fontSize(size).fillColor(colour)
  }

  title(text: string, subtitle: string) {
    const width = this.width - (this.#verify ? CODE + 24 : 0)
    if (this.#verify) this.#code(this.#verify)
    const top = this.#logo ? this.#drawLogo(this.#logo) : MARGIN
    this.tag('H1', () => this.write('strong', 20, INK).text(text, MARGIN, top, { width }))
    this.tag('P', () => this.write('plain', 11, QUIET).text(subtitle, { width }))
    this.doc.y = Math.max(this.doc.y, this.#verify ? MARGIN + CODE + 12 : 0)
    this.doc.moveDown(0.8)
  }

  /** In the upper left corner; answers where the title begins. */
  #drawLogo({ bytes, width, height, needsPlate, alt }: PaperLogo & { alt: string }): number {
    const { doc } = this
    const pad = needsPlate ? 6 : 0
    const scale = Math.min((LOGO.width - 2 * pad) / width, (LOGO.height - 2 * pad) / height)
    const [wide, high] = [width * scale, height * scale]
    if (needsPlate)
      this.decoration(() => doc.roundedRect(MARGIN, MARGIN, wide + 2 * pad, high + 2 * pad, 4).fill(PLATE))
    this.tag(
      'Figure',
      () => doc.image(Buffer.from(bytes), MARGIN + pad, MARGIN + pad, { width: wide, height: high }),
      alt,
    )
    return MARGIN + high + 2 * pad + 12
  }

  /** In the upper right corner, dark on light, with a quiet zone of four modules around it. */
  #code({ address, caption }: Verify) {
    const { doc } = this
    const { data, size } = encode(address, { ecc: 'M', border: 0 })
    const [left, step] = [MARGIN + this.width - CODE, CODE / size]
    const draw = () => {
      data.forEach((row, y) => {
        for (let x = 0; x < size; x++) {
          const from = x
          while (row[x]) x++
          if (x > from) doc.rect(left + from * step, MARGIN + y * step, (x - from) * step, step)
        }
      })
      doc.fill('#000000')
    }
    this.tag('Figure', draw, `${caption} ${address}`)
    this.tag('P', () =>
      this.write('plain', 7, QUIET).text(caption, left - 20, MARGIN + CODE + 4, { width: CODE + 20, align: 'right' }),
    )
  }

  /** In rows, each with what it is called. One that is not there has a frame of dashes. */
  pictures(pictures: readonly PaperPicture[]) {
    const { doc } = this
    const each = Math.floor(this.width / (PICTURE + 10))
    for (let from = 0; from < pictures.length; from += each) {
      this.keep(PICTURE + 34)
      const top = doc.y + 4
      pictures.slice(from, from + each).forEach(({ caption, alt, bytes }, n) => {
        const left = MARGIN + n * (PICTURE + 10)
        const draw = () => {
          if (bytes) doc.image(Buffer.from(bytes), left, top, { fit: [PICTURE, PICTURE] })
          else
            doc
              .rect(left, top, PICTURE, PICTURE)
              .lineWidth(0.6)
              .dash(3, { space: 3 })
              .strokeColor(QUIET)
              .stroke()
              .undash()
        }
        this.tag('Figure', draw, alt)
        this.tag('P', () =>
          this.write('plain', 7, QUIET).text(caption, left, top + PICTURE + 2, {
            width: PICTURE,
            height: 20,
            ellipsis: true,
          }),
        )
      })
      doc.x = MARGIN
      doc.y = top + PICTURE + 26
    }
  }

  /** Names and what they are, one below the other. */
  facts(facts: readonly (readonly [name: string, value: string])[]) {
    const { doc } = this
    for (const [name, value] of facts) {
      this.write('plain', 9.5, QUIET)
      this.keep(doc.heightOfString(value, { width: this.width - 118 }) + 4)
      const top = doc.y
      this.tag('P', () => {
        doc.text(name, MARGIN, top, { width: 110 })
        const left = doc.y
        doc.fillColor(INK).text(value, MARGIN + 118, top, { width: this.width - 118 })
        doc.y = Math.max(left, doc.y) + 2
      })
    }
    doc.x = MARGIN
  }

  heading(text: string) {
    this.keep(70)
    this.doc.moveDown(1)
    this.doc.outline.addItem(text)
    this.tag('H2', () => this.write('strong', 12.5, INK).text(text, MARGIN, this.doc.y, { width: this.width }))
    this.rule()
  }

  rule() {
    this.#line(this.doc.y + 2, 0.6)
    this.doc.y += 7
  }

  #line(at: number, thickness: number) {
    const end = MARGIN + this.width
    this.decoration(() => this.doc.moveTo(MARGIN, at).lineTo(end, at).lineWidth(thickness).strokeColor(RULE).stroke())
  }

  paragraph(text: string, { size = 10, colour = INK } = {}) {
    const { doc, width } = this
    this.write('plain', size, colour)
    this.keep(Math.min(doc.heightOfString(text, { width }), 60))
    this.tag('P', () => doc.text(text, MARGIN, doc.y, { width }))
    doc.moveDown(0.3)
  }

  /** Rows under their heads, which stand again on every page. Widths are shares of the page. */
  table({ heads, widths, rows, isFail }: PaperTable) {
    const { doc } = this
    const gap = 8
    const sum = widths.reduce((all, one) => all + one, 0)
    const columns = widths.map((share) => (share / sum) * (this.width - gap * (widths.length - 1)))
    const lefts = columns.map((_, n) => MARGIN + columns.slice(0, n).reduce((all, one) => all + one + gap, 0))
    const table = doc.struct('Table')
    this.#root.add(table)
    const heightOf = (cells: readonly string[]) =>
      Math.max(...cells.map((cell, n) => doc.heightOfString(cell || ' ', { width: columns[n] ?? 0 })))
    const row = (cells: readonly string[], type: 'TH' | 'TD', height: number) => {
      const top = doc.y
      const tr = doc.struct('TR')
      table.add(tr)
      cells.forEach((cell, n) => {
        const write = () => doc.text(cell, lefts[n] ?? MARGIN, top, { width: columns[n] ?? 0, height: height + 1 })
        tr.add(doc.struct(type, {}, () => void write()))
      })
      tr.end()
      doc.y = top + height
    }
    const head = () => {
      this.write('strong', 8, QUIET)
      row(heads, 'TH', heightOf(heads))
      this.rule()
    }
    this.keep(60)
    head()
    rows.forEach((cells, n) => {
      this.write('plain', 8.5, isFail?.(n) ? FAIL : INK)
      const height = Math.min(heightOf(cells), this.#bottom - MARGIN - 40)
      if (this.keep(height + 2)) head()
      this.write('plain', 8.5, isFail?.(n) ? FAIL : INK)
      row(cells, 'TD', height)
      this.#line(doc.y + 1.5, 0.35)
      doc.y += 4
    })
    table.end()
    doc.x = MARGIN
    doc.moveDown(0.4)
  }

  /** Ends it, with a foot on every page. */
  end({ left, right, above }: Foot, watermark?: string): Promise<Buffer> {
    const { doc, width } = this
    this.#root.end()
    const { start, count } = doc.bufferedPageRange()
    for (let n = 0; n < count; n++) {
      doc.switchToPage(start + n)
      // Below the margin, where text would otherwise begin a page of its own.
      doc.page.margins.bottom = 0
      const top = doc.page.height - MARGIN - 12
      doc.markContent('Artifact', { type: 'Pagination' } as PDFKit.Mixins.MarkingOptions)
      this.write('plain', 7.5, QUIET)
      doc.text(above, MARGIN, top, { width, lineBreak: false })
      doc.text(left, MARGIN, top + 11, { width: width * 0.7, lineBreak: false })
      doc.text(right(n + 1, count), MARGIN, top + 11, { width, align: 'right', lineBreak: false })
      if (this.#brand) doc.rect(0, 0, doc.page.width, 6).fill(this.#brand)
      if (watermark) this.#mark(watermark)
      doc.endMarkedContent()
    }
    doc.end()
    return this.#bytes
  }

  /** Across the page, light enough to read through. */
  #mark(text: string) {
    const { doc } = this
    const [x, y] = [doc.page.width / 2, doc.page.height / 2]
    doc.save().rotate(-52, { origin: [x, y] })
    this.write('strong', Math.min(44, 900 / Math.max(text.length, 1)), INK)
    doc.fillOpacity(0.07).text(text, x - 400, y - 20, { width: 800, align: 'center', lineBreak: false })
    doc.restore().fillOpacity(1)
  }
}

export type PaperTable = {
  heads: readonly string[]
  widths: readonly number[]
  rows: readonly (readonly string[])[]
  /** Rows that are told apart. Their words must say so too: colour alone does not. */
  isFail?: (row: number) => boolean
}
