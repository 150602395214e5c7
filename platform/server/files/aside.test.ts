import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { writeAside } from './aside.ts'

const kept = () => readdirSync(tmpdir()).filter((name) => name.startsWith('opsflow-aside-'))

test('what was written aside is read once, and lies nowhere meanwhile or afterwards', async () => {
  const page = Buffer.alloc(100_000, 'x')
  const file = await writeAside(async (write) => {
    for (const chunk of [page, page, Buffer.from('end')]) await write(chunk)
  })
  expect(file.size).toBe(200_003)
  expect(kept()).toEqual([])
  const chunks: Buffer[] = []
  for await (const chunk of file.bytes) chunks.push(chunk)
  expect(Buffer.concat(chunks).equals(Buffer.concat([page, page, Buffer.from('end')]))).toBe(true)
  await expect(file.bytes.next()).rejects.toThrow('closed')
})

test('a reader who goes away before the first byte, or in the middle, closes it', async () => {
  for (const chunks of [0, 1]) {
    const file = await writeAside((write) => write(Buffer.alloc(200_000)))
    for (let read = 0; read < chunks; read++) await file.bytes.next()
    const source = Readable.from(file.bytes)
    source.destroy()
    await new Promise((closed) => source.once('close', closed))
    await expect(file.bytes.next()).rejects.toThrow('closed')
  }
})

test('one that cannot be written leaves nothing', async () => {
  const filled = writeAside(async (write) => {
    await write(Buffer.from('half'))
    throw new Error('the database went away')
  })
  await expect(filled).rejects.toThrow('the database went away')
  expect(kept()).toEqual([])
})
