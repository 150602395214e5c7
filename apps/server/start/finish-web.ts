import { readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCompressible, thoroughly } from '@opsflow/platform/server/http/compressed'
import { writeServiceWorker } from './service-worker.ts'

/**
 * What a built web still lacks before it goes out: early scripts first, the service worker that keeps it on a device, and
 * every text compressed once and for good.
 */
export async function finishWeb(out: string) {
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
  await Promise.all(files.filter((file) => file.endsWith('.html')).map((page) => putEarlyScriptsFirst(join(out, page))))
  await writeServiceWorker(out)
  files.push('sw.js')
  await Promise.all(files.filter(isCompressible).map((file) => compress(join(out, file))))
}

async function putEarlyScriptsFirst(page: string) {
  await writeFile(page, earlyScriptsFirst(await readFile(page, 'utf8')))
}

/**
 * The head's inline scripts, before its stylesheets: a browser runs no script before the stylesheets above it have
 * arrived, and these have calls to make. React puts stylesheets first, so it is mended here.
 */
export function earlyScriptsFirst(html: string): string {
  const head = /<head>(.*?)<\/head>/s.exec(html)?.[1] ?? ''
  const scripts = [...head.matchAll(/<script>.*?<\/script>/gs)].map(([script]) => script)
  const rest = scripts.reduce((text, script) => text.replace(script, () => ''), head)
  const early = rest.replace(/<meta charset="utf-8"\/>/i, (charset) => charset + scripts.join(''))
  return html.replace(head, () => early)
}

async function compress(file: string) {
  await writeFile(`${file}.br`, await thoroughly('br', await readFile(file)))
}
