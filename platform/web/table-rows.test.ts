import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterRows, nextSort, sortRows } from './table-rows.ts'

type Unit = { name: string; degrees: number | null }
const columns = [
  { id: 'name', sortBy: (row: Unit) => row.name, textOf: (row: Unit) => row.name },
  { id: 'degrees', sortBy: (row: Unit) => row.degrees },
]
const units: Unit[] = [
  { name: 'Unit 10', degrees: null },
  { name: 'Unit 9', degrees: -18 },
  { name: 'Cámara fría', degrees: 3.5 },
]
const names = (rows: readonly Unit[]) => rows.map((row) => row.name)
const sorted = (column: string, descending = false) => names(sortRows(units, columns, { column, descending }, 'es'))

describe('rows of a table', () => {
  test('stand as people count, not as computers spell', () => {
    expect(sorted('name')).toEqual(['Cámara fría', 'Unit 9', 'Unit 10'])
    expect(sorted('name', true)).toEqual(['Unit 10', 'Unit 9', 'Cámara fría'])
  })

  test('without a value come last, upwards and downwards', () => {
    expect(sorted('degrees')).toEqual(['Unit 9', 'Cámara fría', 'Unit 10'])
    expect(sorted('degrees', true)).toEqual(['Cámara fría', 'Unit 9', 'Unit 10'])
  })

  test('stay as they came when nothing can sort them', () => {
    expect(sortRows(units, columns, undefined, 'en')).toBe(units)
    expect(sorted('unknown')).toEqual(names(units))
  })

  test('are found without accents, by any words of them', () => {
    expect(names(filterRows(units, columns, 'FRIA camara'))).toEqual(['Cámara fría'])
    expect(filterRows(units, columns, '  ')).toBe(units)
    expect(filterRows(units, columns, 'fria 9')).toEqual([])
  })

  test('no row is lost or doubled by sorting, and equals keep their order', () => {
    const row = fc.record({ name: fc.string(), degrees: fc.option(fc.integer({ min: 0, max: 3 })) })
    fc.assert(
      fc.property(fc.array(row), fc.boolean(), (rows, descending) => {
        const result = sortRows(rows, columns, { column: 'degrees', descending }, 'en')
        expect(new Set(result)).toEqual(new Set(rows))
        expect(result.length).toBe(rows.length)
        for (const value of [0, 1, 2, 3, null]) {
          const here = (all: readonly Unit[]) => all.filter((one) => one.degrees === value)
          expect(here(result)).toEqual(here(rows))
        }
      }),
    )
  })

  test('a heading sorts upwards, then downwards, then not', () => {
    const first = nextSort(undefined, 'name')
    expect(first).toEqual({ column: 'name', descending: false })
    const second = nextSort(first, 'name')
    expect(second).toEqual({ column: 'name', descending: true })
    expect(nextSort(second, 'name')).toBeUndefined()
    expect(nextSort(second, 'degrees')).toEqual({ column: 'degrees', descending: false })
  })
})
