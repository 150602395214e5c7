import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
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

test('a device keeps the pages of daily work with all they name, and of the set-up only where checklists are written', async () => {
  const out = mkdtempSync(join(tmpdir(), 'opsflow-out-'))
  const put = (file: string, text: string) => {
    mkdirSync(join(out, file, '..'), { recursive: true })
    writeFileSync(join(out, file), text)
  }
  try {
    put('tasks.html', page('<script src="/_next/static/chunks/tasks.js"></script>'))
    put('tasks.txt', 'router')
    put('tasks/__next._tree.txt', 'tree')
    put('tasks/__next._full.txt', 'router')
    put('settings/people.html', page('<script src="/_next/static/chunks/people.js"></script>'))
    put('settings/people.txt', 'router')
    for (const name of ['checklists', 'checklists/one', 'checklists/library']) put(`settings/${name}.html`, page(''))
    put('settings/checklists/one.txt', 'router')
    put('settings/checklists/library.txt', 'router')
    put('_next/static/chunks/tasks.js', 'load("static/chunks/later.js")')
    put('_next/static/chunks/later.js', 'load("static/chunks/look.css")')
    put(
      '_next/static/chunks/look.css',
      '@font-face{src:url(../media/geist-latin-1.woff2)}@font-face{src:url(../media/geist-cyrillic-1.woff2)}',
    )
    put('_next/static/media/geist-latin-1.woff2', 'a')
    put('_next/static/media/geist-cyrillic-1.woff2', 'я')
    put('_next/static/chunks/people.js', '1')
    await finishWeb(out)
    const worker = readFileSync(join(out, 'sw.js'), 'utf8')
    const listened: string[] = []
    runInNewContext(worker, { self: { addEventListener: (event: string) => listened.push(event) } })
    expect(listened).toContain('fetch')
    const { files } = JSON.parse(worker.slice(worker.lastIndexOf('start(self, ') + 12, worker.lastIndexOf(')')))
    expect(Object.keys(files)).toEqual([
      '/_next/static/chunks/later.js',
      '/_next/static/chunks/look.css',
      '/_next/static/chunks/tasks.js',
      '/_next/static/media/geist-latin-1.woff2',
      '/settings/checklists.html',
      '/settings/checklists/one.html',
      '/settings/checklists/one.txt',
      '/tasks.html',
      '/tasks.txt',
      '/tasks/__next._tree.txt',
    ])
    const served = createHash('sha256')
      .update(readFileSync(join(out, 'tasks.html')))
      .digest('base64')
    expect(files['/tasks.html']).toBe(`sha256-${served}`)
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
})
