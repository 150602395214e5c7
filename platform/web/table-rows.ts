export type SortKey = string | number | boolean | Date | null | undefined
export type Sort = { column: string; descending: boolean }

export type RowReader<Row> = {
  id: string
  /** What the rows are put in order by. Without it the column cannot be sorted. */
  sortBy?: (row: Row) => SortKey
  /** What the filter looks into. Without it the column is not searched. */
  textOf?: (row: Row) => string
}

/** In order, stable; what has no value comes last whichever way one looks. Words as the language orders them, 9 before 10. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly RowReader<Row>[],
  sort: Sort | undefined,
  locale: string,
): readonly Row[] {
  const keyOf = columns.find((column) => column.id === sort?.column)?.sortBy
  if (!sort || !keyOf) return rows
  const words = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const direction = sort.descending ? -1 : 1
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => {
      const missing = Number(isMissing(a.key)) - Number(isMissing(b.key))
      return missing || direction * compare(a.key, b.key, words)
    })
    .map(({ row }) => row)
}

const isMissing = (key: SortKey) => key === null || key === undefined || key === '' || Number.isNaN(key)

function compare(a: SortKey, b: SortKey, words: Intl.Collator): number {
  if (typeof a === 'string' && typeof b === 'string') return words.compare(a, b)
  return Number(a) - Number(b) || 0
}

/** Rows in which every word of the query occurs. Accents and case are no obstacle: "camara" finds "Cámara". */
export function filterRows<Row>(rows: readonly Row[], columns: readonly RowReader<Row>[], query: string) {
  const words = plainText(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter((row) => {
    const text = plainText(columns.map((column) => column.textOf?.(row) ?? '').join(' '))
    return words.every((word) => text.includes(word))
  })
}

export const plainText = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** The first press sorts upwards, the second downwards, the third as it was. */
export function nextSort(sort: Sort | undefined, column: string): Sort | undefined {
  if (sort?.column !== column) return { column, descending: false }
  return sort.descending ? undefined : { column, descending: true }
}
