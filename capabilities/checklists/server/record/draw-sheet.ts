import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import type { Sheet, SheetLine } from './sheet.ts'

const require = createRequire(import.meta.url)
/** Latin, Greek, Cyrillic, Vietnamese, Devanagari. */
const FONTS = {
  plain: require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  strong: require.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
}

const MARGIN = 48
const FOOT = 40
const PHOTO = 150
const INK = '#1b1d22'
const QUIET = '#5b616e'
const RULE = '#d5d8de'
const FAIL = '#a3161c'

/** A sheet as an A4 PDF: text that can be searched, its photos, a foot on every page. */
export async function drawSheet(sheet: Sheet, language: string): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
    bufferPages: true,
    lang: language,
    displayTitle: true,
    info: { Title: `${sheet.title} · ${sheet.subtitle}`, Producer: 'OpsFlow', Creator: 'OpsFlow' },
  })
  const pieces: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (piece: Buffer) => pieces.push(piece))
    doc.on('end', () => resolve(Buffer.concat(pieces)))
    doc.on('error', reject)
  })
  doc.registerFont('plain', FONTS.plain).registerFont('strong', FONTS.strong)
  head(doc, sheet)
  for (const { heading, lines } of sheet.parts) {
    if (heading) headingOf(doc, heading)
    for (const line of lines) drawLine(doc, line)
  }
  signatures(doc, sheet)
  feet(doc, sheet)
  doc.end()
  return done
}

type Doc = PDFKit.PDFDocument
const widthOf = (doc: Doc) => doc.page.width - 2 * MARGIN
const endOf = (doc: Doc) => doc.page.height - MARGIN - FOOT

/** What belongs together is not torn apart at the end of a page. */
function keep(doc: Doc, height: number) {
  if (doc.y + height > endOf(doc)) doc.addPage()
}

function head(doc: Doc, { title, subtitle, facts }: Sheet) {
  doc
    .font('strong')
    .fontSize(20)
    .fillColor(INK)
    .text(title, MARGIN, MARGIN, { width: widthOf(doc) })
  doc.font('plain').fontSize(11).fillColor(QUIET).text(subtitle).moveDown(0.8)
  for (const [name, value] of facts) {
    doc.font('plain').fontSize(9.5)
    const top = doc.y
    doc.fillColor(QUIET).text(name, MARGIN, top, { width: 110 })
    const left = doc.y
    doc.fillColor(INK).text(value, MARGIN + 118, top, { width: widthOf(doc) - 118 })
    doc.y = Math.max(left, doc.y) + 2
  }
  doc.x = MARGIN
}

function headingOf(doc: Doc, heading: string) {
  keep(doc, 70)
  doc
    .moveDown(1)
    .font('strong')
    .fontSize(12.5)
    .fillColor(INK)
    .text(heading, MARGIN, doc.y, { width: widthOf(doc) })
  rule(doc)
}

function rule(doc: Doc) {
  doc
    .moveTo(MARGIN, doc.y + 2)
    .lineTo(MARGIN + widthOf(doc), doc.y + 2)
    .lineWidth(0.6)
    .strokeColor(RULE)
    .stroke()
  doc.y += 7
}

/** The question and its remarks to the left, the answer to the right. */
function drawLine(doc: Doc, line: SheetLine) {
  const [left, right] = [widthOf(doc) * 0.56, widthOf(doc) * 0.4]
  const at = MARGIN + widthOf(doc) - right
  const { answer } = line
  doc.font('plain').fontSize(10)
  keep(
    doc,
    Math.max(doc.heightOfString(line.question, { width: left }), doc.heightOfString(answer, { width: right })) + 16,
  )
  const top = doc.y
  doc.fillColor(INK).text(line.question, MARGIN, top, { width: left })
  doc.fontSize(8.5).fillColor(QUIET)
  for (const small of [...line.remarks, ...line.history]) doc.text(small, MARGIN, doc.y + 1, { width: left })
  // A long remark may have gone on to the next page: then the answer stands above it, where the question began.
  const bottom = doc.y
  const isTorn = bottom < top
  if (!isTorn) {
    doc
      .font('strong')
      .fontSize(10)
      .fillColor(line.isFail ? FAIL : INK)
      .text(answer, at, top, { width: right })
    doc.font('plain').fontSize(8.5).fillColor(QUIET).text(line.by, at, doc.y, { width: right })
    doc.y = Math.max(bottom, doc.y)
  } else {
    doc
      .font('strong')
      .fontSize(10)
      .fillColor(line.isFail ? FAIL : INK)
      .text(answer, MARGIN, doc.y, { width: left })
    doc.font('plain').fontSize(8.5).fillColor(QUIET).text(line.by, MARGIN, doc.y, { width: left })
  }
  doc.x = MARGIN
  if (line.path) strokes(doc, line.path)
  if (line.photos.length > 0) photos(doc, line)
  doc.y += 6
}

function strokes(doc: Doc, path: string) {
  keep(doc, 60)
  const box = boxOf(path)
  if (!box) return
  const scale = Math.min(180 / box.width, 50 / box.height, 1)
  doc
    .save()
    .translate(MARGIN - box.x * scale, doc.y + 4 - box.y * scale)
    .scale(scale)
  doc
    .path(path)
    .lineWidth(1.4 / scale)
    .strokeColor(INK)
    .stroke()
    .restore()
  doc.y += Math.min(box.height * scale, 50) + 8
}

/** The box around a path of absolute points. Relative ones (`m`, `l`) are drawn by no screen of ours. */
function boxOf(path: string) {
  const numbers = path.match(/-?\d+(?:\.\d+)?/g)?.map(Number) ?? []
  const [xs, ys] = [numbers.filter((_, n) => n % 2 === 0), numbers.filter((_, n) => n % 2 === 1)]
  if (ys.length < 2) return undefined
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs, x + 1) - x, height: Math.max(...ys, y + 1) - y }
}

function photos(doc: Doc, { photos }: SheetLine) {
  const each = Math.floor(widthOf(doc) / (PHOTO + 10))
  for (let from = 0; from < photos.length; from += each) {
    keep(doc, PHOTO + 22)
    const top = doc.y + 4
    photos.slice(from, from + each).forEach(({ caption, bytes }, n) => {
      const left = MARGIN + n * (PHOTO + 10)
      if (bytes) doc.image(Buffer.from(bytes), left, top, { fit: [PHOTO, PHOTO] })
      else doc.rect(left, top, PHOTO, PHOTO).lineWidth(0.6).dash(3, { space: 3 }).strokeColor(QUIET).stroke().undash()
      doc.font('plain').fontSize(7).fillColor(QUIET)
      doc.text(caption, left, top + PHOTO + 2, { width: PHOTO, lineBreak: false })
    })
    doc.x = MARGIN
    doc.y = top + PHOTO + 16
  }
}

function signatures(doc: Doc, { signatures: { heading, of } }: Sheet) {
  if (of.length === 0) return
  headingOf(doc, heading)
  for (const { text, note, digest } of of) {
    keep(doc, 40)
    doc
      .font('strong')
      .fontSize(10)
      .fillColor(INK)
      .text(text, MARGIN, doc.y, { width: widthOf(doc) })
    doc.font('plain').fontSize(8.5).fillColor(QUIET)
    if (note) doc.text(note, { width: widthOf(doc) })
    doc
      .fontSize(7.5)
      .text(digest, { width: widthOf(doc) })
      .moveDown(0.7)
  }
}

function feet(doc: Doc, { foot }: Sheet) {
  const { start, count } = doc.bufferedPageRange()
  for (let n = 0; n < count; n++) {
    doc.switchToPage(start + n)
    // Below the margin, where text would otherwise begin a page of its own.
    doc.page.margins.bottom = 0
    const top = doc.page.height - MARGIN - 12
    doc.font('plain').fontSize(7.5).fillColor(QUIET)
    doc.text(foot.times, MARGIN, top, { width: widthOf(doc), lineBreak: false })
    doc.text(foot.left, MARGIN, top + 11, { width: widthOf(doc) * 0.7, lineBreak: false })
    doc.text(foot.page(n + 1, count), MARGIN, top + 11, { width: widthOf(doc), align: 'right', lineBreak: false })
  }
}
