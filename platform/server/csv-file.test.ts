import { expect, test } from 'vitest'
import { csvRows } from './csv-file.ts'

test('a sign at the edge of what is read at once stays whole', async () => {
  // Each emoji stands at an odd place, so that every even edge would cut one.
  const line = `a${'🥗'.repeat(100)}`
  const read: string[] = []
  const content = new TextEncoder().encode(`${line}\n`.repeat(2000))
  for await (const [cell] of csvRows(content, { owner: 'test', mostRows: 5000 })) read.push(cell ?? '')
  expect(read).toEqual(Array.from({ length: 2000 }, () => line))
})
