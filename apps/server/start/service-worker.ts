import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { organizationPrefix } from '@opsflow/platform/organization-path'

/**
 * Setting up is office work with a network, and doors open into one. Every other page starts without; so do those where
 * checklists are written, for what was written waits on the device.
 */
const needsNetwork =
  /^(settings\/(?!preferences|checklists(?:\/one)?\.html)|import|design|first-run|sign-up|reset-password|verify-email|invitation|_not-found|404)\b/

/** Scripts, styles and fonts, as pages, scripts and styles name them. Fonts of other alphabets are not kept. */
const assetNames = /(?:static\/chunks\/|media\/)[\w.~-]+\.(?:js|css|woff2)/g
const isOfOtherAlphabet = (file: string) => file.endsWith('.woff2') && !/-latin(-ext)?-/.test(file)

/** Writes `/sw.js`: the worker, with the list of what a device keeps of this build. */
export async function writeServiceWorker(out: string) {
  const worker = await workerText()
  const files = Object.fromEntries(await Promise.all((await filesKept(out)).map((file) => withHash(out, file))))
  const plan = { files, elsewhere: '/elsewhere.html', organization: organizationPrefix.source }
  const build = createHash('sha256').update(worker).update(JSON.stringify(plan)).digest('hex').slice(0, 12)
  await writeFile(join(out, 'sw.js'), `${worker}\nstart(self, ${JSON.stringify({ build, ...plan })})\n`)
}

/** The worker belongs to the web, which the server does not import: here it is text, with its types taken off. */
async function workerText() {
  const source = new URL('../../web/worker/worker.ts', import.meta.url)
  const functions = (await import(source.href)) as Record<string, unknown>
  return Object.values(functions).map(String).join('\n')
}

/** The pages that start without a network, what the router fetches of them, and all they name, however far away. */
export async function filesKept(out: string): Promise<string[]> {
  const all = readdirSync(out, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'))
  const pages = all.filter((file) => file.endsWith('.html') && !needsNetwork.test(file))
  const ofRouter = all.filter((file) => isOfRouter(file) && pages.includes(pageOf(file)))
  const kept = new Set(['icon.svg', ...ofRouter])
  for (const page of pages) await keepWithNamed(out, page, kept)
  return [...kept].filter((file) => existsSync(join(out, file))).sort()
}

/** Next writes each page for its router as a whole twice, and fetches it by one name only. */
const isOfRouter = (file: string) => file.endsWith('.txt') && !file.endsWith('__next._full.txt')

/** `tasks.txt` and `tasks/__next….txt` are of `tasks.html`. */
const pageOf = (file: string) => `${file.replace(/(\/?__next\..*)?\.txt$/, '') || 'index'}.html`

async function keepWithNamed(out: string, file: string, kept: Set<string>) {
  if (kept.has(file) || isOfOtherAlphabet(file)) return
  kept.add(file)
  if (!/\.(html|js|css)$/.test(file)) return
  const text = await readFile(join(out, file), 'utf8')
  for (const [name] of text.matchAll(assetNames)) {
    await keepWithNamed(out, `_next/${name.startsWith('media/') ? `static/${name}` : name}`, kept)
  }
}

async function withHash(out: string, file: string) {
  const content = await readFile(join(out, file))
  return [`/${file}`, `sha256-${createHash('sha256').update(content).digest('base64')}`]
}
