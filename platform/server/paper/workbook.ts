import writeExcelFile from 'write-excel-file/node'

export type Cell = string | number | Date | null
/** A date without a zone: what its UTC fields say is what stands there. */
export type Sheet = { name: string; heads: readonly string[]; rows: readonly (readonly Cell[])[] }

/** A workbook (XLSX): a sheet for each table, its heads standing while one scrolls. */
export const writeWorkbook = (sheets: readonly Sheet[]): Promise<Buffer> =>
  writeExcelFile(
    sheets.map(({ name, heads, rows }) => ({
      sheet: nameOf(name),
      data: [heads.map((value) => ({ value, fontWeight: 'bold' as const })), ...rows.map((row) => row.map(cellOf))],
      columns: heads.map((_, n) => ({ width: widthOf(heads, rows, n) })),
      stickyRowsCount: 1,
    })),
  ).toBuffer()

/** Text is text, whatever it begins with: a cell of this type is never a formula. */
function cellOf(value: Cell) {
  if (value === null || value === '') return null
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd hh:mm' }
  return typeof value === 'number' ? { value, type: Number } : { value: printable(value), type: String, wrap: true }
}

/** XML knows no control characters but line ends and tabs, a cell no more than 32,767 signs. */
const printable = (text: string) => text.replaceAll(/[^\P{Cc}\n\t]|[\ufffe\uffff]/gu, '').slice(0, 32_000)

/** A sheet's name has 31 signs at most, and none of these. */
const nameOf = (name: string) => name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31)

function widthOf(heads: readonly string[], rows: Sheet['rows'], n: number): number {
  const lengths = rows.slice(0, 200).map((row) => (row[n] instanceof Date ? 16 : String(row[n] ?? '').length))
  return Math.min(Math.max(heads[n]?.length ?? 0, ...lengths, 8) + 2, 60)
}
