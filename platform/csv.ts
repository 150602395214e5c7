// Files of a table, as spreadsheets read and write them.

/** What a spreadsheet would take for a formula stands behind an apostrophe, and so does what looks like one that does. */
const FORMULA = /^'*[=+\-@\t\r]/
const ESCAPED = /^'+[=+\-@\t\r]/

/** The text of a file, rows of cells under a header; a formula in it is text. With a mark that says it is UTF-8. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cellOut).join(',')).join('\r\n')}\r\n`

function cellOut(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A cell as it was before a spreadsheet was kept from running it. */
export const cellIn = (text: string): string => (ESCAPED.test(text) ? text.slice(1) : text)

/** `Day starts at` and `day_starts_at` are one name. */
export const columnName = (name: string): string =>
  name
    .replace('\uFEFF', '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
