import { FAIL, INK, Paper, QUIET, type Verify } from '@opsflow/platform/server/paper/paper'
import type { Sheet, SheetLine } from './sheet.ts'

/** A sheet as an A4 PDF: text that can be searched and heard, its photos, a foot on every page. */
export async function drawSheet(sheet: Sheet, language: string, verify?: Verify): Promise<Buffer> {
  const { brand, logo } = sheet
  const paper = new Paper({ title: `${sheet.title} · ${sheet.subtitle}`, language, brand, verify, logo })
  paper.title(sheet.title, sheet.subtitle)
  paper.facts(sheet.facts)
  for (const { heading, lines } of sheet.parts) {
    if (heading) paper.heading(heading)
    for (const line of lines) drawLine(paper, line)
  }
  signatures(paper, sheet)
  const { left, times, page } = sheet.foot
  return paper.end({ left, above: times, right: page })
}

/** The question and its remarks to the left, the answer to the right. */
function drawLine(paper: Paper, line: SheetLine) {
  const { doc } = paper
  const [left, right] = [paper.width * 0.56, paper.width * 0.4]
  const at = paper.left + paper.width - right
  paper.write('plain', 10, INK)
  const heights = [
    doc.heightOfString(line.question, { width: left }),
    doc.heightOfString(line.answer, { width: right }),
  ]
  paper.keep(Math.max(...heights) + 16)
  const top = doc.y
  paper.tag('P', () => {
    doc.text(line.question, paper.left, top, { width: left })
    paper.write('plain', 8.5, QUIET)
    for (const small of [...line.remarks, ...line.history]) doc.text(small, paper.left, doc.y + 1, { width: left })
    // A long remark may have gone on to the next page: then the answer stands below it.
    const bottom = doc.y
    const isTorn = bottom < top
    const [x, width] = isTorn ? [paper.left, left] : [at, right]
    paper.write('strong', 10, line.isFail ? FAIL : INK).text(line.answer, x, isTorn ? bottom : top, { width })
    paper.write('plain', 8.5, QUIET).text(line.by, x, doc.y, { width })
    doc.y = Math.max(bottom, doc.y)
  })
  doc.x = paper.left
  if (line.path) strokes(paper, line.path, line.answer)
  if (line.photos.length > 0)
    paper.pictures(line.photos.map((photo) => ({ ...photo, alt: `${line.question} ${photo.caption}` })))
  doc.y += 6
}

function strokes(paper: Paper, path: string, name: string) {
  const { doc } = paper
  paper.keep(60)
  const box = boxOf(path)
  if (!box) return
  const scale = Math.min(180 / box.width, 50 / box.height, 1)
  const draw = () => {
    doc
      .save()
      .translate(paper.left - box.x * scale, doc.y + 4 - box.y * scale)
      .scale(scale)
    doc
      .path(path)
      .lineWidth(1.4 / scale)
      .strokeColor(INK)
      .stroke()
      .restore()
  }
  paper.tag('Figure', draw, name)
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

function signatures(paper: Paper, { signatures: { heading, of } }: Sheet) {
  const { doc, width } = paper
  if (of.length === 0) return
  paper.heading(heading)
  for (const { text, note, digest } of of) {
    paper.keep(40)
    paper.tag('P', () => {
      paper.write('strong', 10, INK).text(text, paper.left, doc.y, { width })
      paper.write('plain', 8.5, QUIET)
      if (note) doc.text(note, { width })
      doc.fontSize(7.5).text(digest, { width })
    })
    doc.moveDown(0.7)
  }
}
