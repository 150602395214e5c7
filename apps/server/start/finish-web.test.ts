import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { earlyScriptsFirst, finishWeb } from './finish-web.ts'

const page = (head: string) => `<!DOCTYPE html><html><head><meta charset="utf-8"/>${head}</head><body></body></html>`

test('the head’s inline scripts come before its stylesheets, in their order', () => {
  const style = '<link rel="stylesheet" href="/a.css"/>'
  const file = '<script src="/a.js" async=""></script>'
  const [first, second] = ['<script>ask("$&")</script>', '<script>theme()</script>']
  expect(earlyScriptsFirst(page(style + file + first + second))).toBe(page(first + second + style + file))
  expect(earlyScriptsFirst(page(style + file))).toBe(page(style + file))
})

test('every text of a finished web lies compressed beside itself; pictures do not', async () => {
  const out = mkdtempSync(join(tmpdir(), 'opsflow-out-'))
  try {
    writeFileSync(join(out, 'index.html'), page('<link/><script>1</script>'))
    writeFileSync(join(out, 'font.woff2'), 'font')
    await finishWeb(out)
    const kept = brotliDecompressSync(readFileSync(join(out, 'index.html.br'))).toString()
    expect(kept).toBe(readFileSync(join(out, 'index.html'), 'utf8'))
    expect(kept).toBe(page('<script>1</script><link/>'))
    expect(() => readFileSync(join(out, 'font.woff2.br'))).toThrow('ENOENT')
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
})
