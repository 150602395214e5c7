import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellIn, csvText } from './csv.ts'

test('what a spreadsheet would run is text', () => {
  expect(csvText([['=1+1', '+1', '-1', '@sum', '\tx', "'=x", 'plain'] as const])).toBe(
    `\uFEFF'=1+1,'+1,'-1,'@sum,"'\tx",''=x,plain\r\n`.replace(`"'\tx"`, `'\tx`),
  )
})

test('every text comes back as it went', () => {
  const cell = fc.oneof(fc.string(), fc.stringMatching(/^['=+\-@\t\r",\n ]{0,6}x?$/), fc.string({ unit: 'grapheme' }))
  const row = fc.array(cell, { minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(row, (cells) => {
      const [read] = parse(csvText([['header', ...cells]]), { bom: true, relax_column_count: true }) as string[][]
      expect(read?.slice(1).map(cellIn)).toEqual(cells)
    }),
  )
})
