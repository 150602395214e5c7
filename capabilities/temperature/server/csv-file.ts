import { Readable } from 'node:stream'
import { refuse } from '@opsflow/platform/refusal'
import { CsvError, parse } from 'csv-parse'

const MOST_ROWS = 1_000_000
const LONGEST_ROW = 100_000

/** The rows of a CSV file, header first, one after another: a large file never blocks the server. */
export async function* csvRows(content: Uint8Array): AsyncGenerator<string[]> {
  const text = utf8(content)
  const rows = Readable.from(chunks(text)).pipe(
    parse({
      delimiter: delimiterOf(text),
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
    }),
  )
  let count = 0
  try {
    for await (const row of rows) {
      if (++count > MOST_ROWS + 1) {
        refuse('too_large', 'temperature.file_too_long', { detail: 'A file holds at most 1,000,000 rows. Split it.' })
      }
      yield row as string[]
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    refuse('invalid', 'temperature.file_not_csv', {
      detail: `The file cannot be read as CSV near line ${error.lines ?? count + 1}: a quote is not closed, or a row is far too long. Was it cut off?`,
      errors: [
        {
          path: 'body',
          code: 'temperature.file_not_csv',
          message: 'Send the whole file, comma, semicolon or tab separated.',
        },
      ],
    })
  }
}

const CHUNK = 64 * 1024

function* chunks(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK) yield text.slice(at, at + CHUNK)
}

function utf8(content: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return refuse('invalid', 'temperature.file_not_utf8', {
      detail: 'The file is not UTF-8. Save it as "CSV UTF-8" and send it again.',
      errors: [{ path: 'body', code: 'temperature.file_not_utf8', message: 'Send UTF-8.' }],
    })
  }
  if (!text.includes('\0')) return text
  return refuse('invalid', 'temperature.file_not_csv', {
    detail: 'This is not a CSV file: it holds binary data.',
    errors: [{ path: 'body', code: 'temperature.file_not_csv', message: 'Send a CSV file.' }],
  })
}

/** What separates the cells: whatever the header line has most of. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/)
  const header = end < 0 ? text : text.slice(0, end)
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }))
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).delimiter
}
