import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { drawInWorker } from './in-worker.ts'

const folder = mkdtempSync(join(tmpdir(), 'opsflow-drawing-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function programThat(name: string, draws: string): URL {
  const file = join(folder, `${name}.mjs`)
  const here = new URL('./draw-here.ts', import.meta.url)
  writeFileSync(file, `import { drawHere } from ${JSON.stringify(here.href)}\ndrawHere(async (data) => { ${draws} })\n`)
  return pathToFileURL(file)
}
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

test('bytes go there and come back as they are', async () => {
  const photo = new Uint8Array(3_000_000).map((_, at) => at % 251)
  const drawn = await drawInWorker(programThat('mirror', 'return data.photo'), { photo })
  expect(Buffer.from(drawn).equals(photo)).toBe(true)
})

test('what ends a drawing ends nothing else, and the next is drawn', async () => {
  const dies = programThat('dies', `process.kill(process.pid, 'SIGKILL'); await new Promise(() => undefined)`)
  const throws = programThat('throws', `throw new Error('no such font')`)
  await expect(drawInWorker(dies, {})).rejects.toThrow('ended with SIGKILL')
  await expect(drawInWorker(throws, {})).rejects.toThrow('no such font')
  expect(text(await drawInWorker(programThat('says', `return Buffer.from(data)`), 'well'))).toBe('well')
})

test('a program that draws is told none of the server’s secrets', async () => {
  vi.stubEnv('DATABASE_URL', 'postgres://someone:secret@localhost/x')
  const names = text(
    await drawInWorker(programThat('told', 'return Buffer.from(Object.keys(process.env).join())'), {}),
  ).split(',')
  vi.unstubAllEnvs()
  expect(names).not.toContain('DATABASE_URL')
  expect(names.filter((name) => !/^(PATH|TZ|LANG|LC_|NODE_|LD_|FAKETIME|PWD|SHLVL|_)/.test(name))).toEqual([])
})
