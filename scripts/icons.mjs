// Draws the app's icons as PNGs from its one drawing, apps/web/app/icon.svg: `node scripts/icons.mjs` after a change of
// it, then commit what it made. Needs Chromium, as the browser tests do.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'apps/web/public/icons')
const drawing = readFileSync(join(root, 'apps/web/app/icon.svg'), 'utf8')

/** Systems cut maskable icons to their own shape: the ground reaches every edge; the mark is well inside already. */
const fullBleed = drawing.replace(' rx="8"', '')
/** Systems colour a badge themselves: only its shape counts. */
const badge = drawing.replace(/<rect [^>]*>/, '')

const icons = [
  { name: 'icon-192', size: 192, svg: drawing },
  { name: 'icon-512', size: 512, svg: drawing },
  { name: 'maskable-192', size: 192, svg: fullBleed },
  { name: 'maskable-512', size: 512, svg: fullBleed },
  { name: 'apple-touch', size: 180, svg: fullBleed },
  { name: 'badge-96', size: 96, svg: badge },
]

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
for (const { name, size, svg } of icons) writeFileSync(join(folder, `${name}.png`), await drawn(svg, size))
writeFileSync(join(root, 'apps/web/public/favicon.ico'), asIco(await drawn(drawing, 32)))
await browser.close()

async function drawn(svg, size) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  const png = await page.screenshot({ omitBackground: true })
  await page.close()
  return png
}

/** What browsers ask for by this name where no page tells them of an icon: a header, one entry, and the PNG of 32 pixels. */
function asIco(png) {
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2) // an icon
  head.writeUInt16LE(1, 4) // of one picture
  head.set([32, 32], 6)
  head.writeUInt16LE(1, 10) // planes
  head.writeUInt16LE(32, 12) // bits for each pixel
  head.writeUInt32LE(png.length, 14)
  head.writeUInt32LE(head.length, 18)
  return Buffer.concat([head, png])
}
