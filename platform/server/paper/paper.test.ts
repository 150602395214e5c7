import sharp from 'sharp'
import { expect, test } from 'vitest'
import { expectClearMargins, expectNothingOnAnother, MARGIN } from './looks.for-tests.ts'
import { Paper } from './paper.ts'
import { rendered } from './rendered.for-tests.ts'

const foot = {
  left: 'Home · Downtown',
  above: 'All times are local.',
  right: (n: number, of: number) => `Page ${n} of ${of}`,
}
const verify = {
  address: 'https://ops.example.com/verify#AAAAAAAAAAAAAAAAAAAAAA',
  caption: 'Scan to verify this paper',
}
const long = 'Every word of a long remark is printed, and none of it into its neighbour. '.repeat(6)

test('a paper of any length stands within its margins, nothing on anything else, its foot on each page', async () => {
  const paper = new Paper({ title: 'Records', language: 'en', brand: '#0f766e', verify })
  paper.title('Food-safety records of a place with a long name that needs two lines', 'Home · Downtown')
  paper.facts([
    ['Address', '118 Lantern Row'],
    ['A remark', long],
  ])
  paper.heading('What was found')
  const rows = Array.from({ length: 80 }, (_, n) => [`2026-11-${n}`, n % 7 === 0 ? long : 'Fine', 'Passed', 'Ana Ruiz'])
  paper.table({ heads: ['Day', 'Finding', 'Result', 'By'], widths: [14, 50, 18, 18], rows, isFail: (n) => n % 7 === 0 })
  const pages = await rendered(await paper.end(foot), 'paper')
  expect(pages.length).toBeGreaterThan(3)
  for (const [n, page] of pages.entries()) {
    expectClearMargins(page)
    expectNothingOnAnother(page)
    expect(page.texts.map(({ text }) => text)).toContain(`Page ${n + 1} of ${pages.length}`)
    expect(page.colourAt(300, 3)).toEqual([0x0f, 0x76, 0x6e])
  }
  // Its heads stand again on each page of a table.
  for (const page of pages) expect(page.texts.some(({ text }) => text === 'Finding')).toBe(true)
})

test('the code stands dark on light in the corner, pictures in rows, what is not there as a frame', async () => {
  const paper = new Paper({ title: 'Records', language: 'en', verify })
  paper.title('Record', 'Home · Downtown')
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#c02020' } })
    .jpeg()
    .toBuffer()
  paper.pictures([
    { caption: 'one', alt: 'One', bytes },
    { caption: 'two', alt: 'Two', bytes: null },
    { caption: 'three', alt: 'Three', bytes },
    { caption: 'four', alt: 'Four', bytes },
  ])
  const [page] = await rendered(await paper.end(foot), 'pictures')
  if (!page) throw new Error('no page')
  const code = page.ink({ left: page.width - MARGIN - 62, top: MARGIN, width: 62, height: 62 })
  expect(code).toBeGreaterThan(0.3)
  expect(code).toBeLessThan(0.75)
  const captions = ['one', 'two', 'three', 'four'].map((name) => page.texts.find(({ text }) => text === name))
  for (const [n, caption] of captions.entries()) {
    if (!caption) throw new Error(`no caption ${n}`)
    const { left, top } = caption
    expect(page.ink({ left: Math.round(left) + 10, top: Math.round(top) - 90, width: 100, height: 20 })).toBe(
      n === 1 ? 0 : 1,
    )
  }
  expectClearMargins(page)
})

test('a watermark lies across a page, and the page can be read through it', async () => {
  const paper = new Paper({ title: 'Records', language: 'en' })
  paper.title('Records', 'Home · Downtown')
  paper.paragraph(long)
  const [page] = await rendered(await paper.end(foot, 'County health department'), 'watermark')
  if (!page) throw new Error('no page')
  expect(page.texts.map(({ text }) => text)).toContain('County health department')
  // Light: nowhere in the middle is it dark enough to hide a letter.
  for (let y = 300; y < 560; y += 3)
    for (let x = 60; x < 540; x += 3) expect(Math.min(...page.colourAt(x, y))).toBeGreaterThan(215)
})

test('a logo stands at the head beside the code, named for whoever hears it; one made for dark has a plate', async () => {
  for (const [name, mark, needsPlate] of [
    ['logo-dark', { r: 20, g: 20, b: 24, alpha: 1 }, false],
    ['logo-light', { r: 255, g: 255, b: 255, alpha: 1 }, true],
  ] as const) {
    const input = { create: { width: 200, height: 40, channels: 4 as const, background: mark } }
    const ground = { r: 0, g: 0, b: 0, alpha: 0 }
    const bytes = await sharp({ create: { width: 400, height: 120, channels: 4, background: ground } })
      .composite([{ input }])
      .png()
      .toBuffer()
    const logo = { bytes, width: 400, height: 120, needsPlate, alt: 'Home' }
    const paper = new Paper({ title: 'Records', language: 'en', brand: '#0f766e', verify, logo })
    paper.title('Food-safety records', 'Home · Downtown')
    paper.paragraph(long)
    const pdf = await paper.end(foot)
    expect(pdf.toString('latin1')).toMatch(/\/Alt \(Home\)|\/Alt <feff0048/i)
    const [page] = await rendered(pdf, name)
    if (!page) throw new Error('no page')
    expectClearMargins(page)
    expectNothingOnAnother(page)
    const title = page.texts.find(({ text }) => text === 'Food-safety records')
    expect(title?.top).toBeGreaterThan(MARGIN + 40)
    // Its mark can be told from what is behind it.
    const [lit, dark] = [page.colourAt(MARGIN + 80, MARGIN + 18), page.colourAt(MARGIN + 10, MARGIN + 36)]
    expect(Math.abs((lit[0] ?? 0) - (dark[0] ?? 0))).toBeGreaterThan(150)
  }
})
