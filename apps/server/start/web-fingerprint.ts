import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['apps/web', 'platform', 'capabilities']
const FILES = ['package-lock.json', 'tsconfig.base.json']
/** What is done to a build after Next, beside this file. */
const FINISHING = ['finish-web.ts', 'service-worker.ts']
const NOT_SOURCES = new Set(['node_modules', '.next', 'out', 'e2e', 'server', 'test', 'test-results', 'fixtures'])
const NOT_SOURCE = /\.test\.tsx?$|\.tsbuildinfo$|^next-env\.d\.ts$/

/** Names the content the web is built from: the same sources and dependencies, the same build. */
export function webFingerprint(root: string): string {
  const hash = createHash('sha256')
  const files = [...SOURCES.flatMap((folder) => sourcesIn(root, folder)), ...FILES]
  const contents = [
    ...files.map((file) => ({ file, content: readFileSync(join(root, file)) })),
    ...FINISHING.map((file) => ({ file, content: readFileSync(join(import.meta.dirname, file)) })),
  ]
  for (const { file, content } of contents) {
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex').slice(0, 16)
}

function sourcesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return NOT_SOURCES.has(entry.name) ? [] : sourcesIn(root, path)
      return entry.isFile() && !NOT_SOURCE.test(entry.name) ? [path] : []
    })
}
