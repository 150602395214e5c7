import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { refuse } from '../refusal.ts'

const LONGEST_ROW = 100_000

/** Whose refusals they are, and how many rows a file may have. */
export type CsvLimits = { owner: string; mostRows: number }

/** The rows of a CSV file, header first, one after another: a large file never blocks the server. */
export function csvRows(content: Uint8Array, limits: CsvLimits): AsyncGenerator<string[]> {
  return csvRowsOf(chunks(utf8(content, limits.owner)), limits)
}

/** The same of a text that comes in pieces: nothing of a file is held but the row that is read. */
export async function* csvRowsOf(
  pieces: Iterable<string> | AsyncIterable<string>,
  { owner, mostRows }: CsvLimits,
): AsyncGenerator<string[]> {
  const { first, all } = await withFirst(pieces)
  const rows = parse({
    delimiter: delimiterOf(first),
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  })
  pipeline(Readable.from(all), rows, () => undefined) // what goes wrong is thrown by the rows
  let count = 0
  try {
    for await (const row of rows) {
      if (++count > mostRows + 1) {
        const detail = `A file holds at most ${mostRows.toLocaleString('en-US')} rows. Split it.`
        refuse('too_large', `${owner}.file_too_long`, { detail })
      }
      yield row as string[]
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    refuse('invalid', `${owner}.file_not_csv`, {
      detail: `The file cannot be read as CSV near line ${error.lines ?? count + 1}: a quote is not closed, or a row is far too long. Was it cut off?`,
      errors: [
        {
          path: 'body',
          code: `${owner}.file_not_csv`,
          message: 'Send the whole file, comma, semicolon or tab separated.',
        },
      ],
    })
  }
}

/** The pieces with what the header line lies in, as long as that is. None is asked for before it is needed: each may be large. */
async function withFirst(pieces: Iterable<string> | AsyncIterable<string>) {
  const read = inChunks(pieces)
  let first = ''
  let isOver = false
  while (!isOver && first.length < LONGEST_ROW && !/[\r\n]/.test(first)) {
    const { done = false, value } = await read.next()
    isOver = done
    first += value ?? ''
  }
  async function* all() {
    if (first !== '') yield first
    while (!isOver) {
      const { done, value } = await read.next()
      if (done) return
      yield value
    }
  }
  return { first, all: all() }
}

const CHUNK = 64 * 1024

async function* inChunks(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string, undefined> {
  for await (const piece of pieces) yield* chunks(piece)
}

/** Cut between signs, never within one: half of an emoji is none. */
function* chunks(text: string): Generator<string> {
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = at + CHUNK
    if (isHighSurrogate(text.charCodeAt(end - 1))) end += 1
    yield text.slice(at, end)
  }
}

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff

function utf8(content: Uint8Array, owner: string): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return refuse('invalid', `${owner}.file_not_utf8`, {
      detail: 'The file is not UTF-8. Save it as "CSV UTF-8" and send it again.',
      errors: [{ path: 'body', code: `${owner}.file_not_utf8`, message: 'Send UTF-8.' }],
    })
  }
  if (!text.includes('\0')) return text
  return refuse('invalid', `${owner}.file_not_csv`, {
    detail: 'This is not a CSV file: it holds binary data.',
    errors: [{ path: 'body', code: `${owner}.file_not_csv`, message: 'Send a CSV file.' }],
  })
}

/** What separates the cells: whatever the header line has most of. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/)
  const header = end < 0 ? text : text.slice(0, end)
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }))
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).delimiter
}

export type CsvTable = { header: string[]; rows: string[][] }

/** A whole file of moderate length. */
export async function csvTable(content: Uint8Array, limits: CsvLimits): Promise<CsvTable> {
  let header: string[] | undefined
  const rows: string[][] = []
  for await (const row of csvRows(content, limits)) {
    if (header) rows.push(row)
    else header = row
  }
  if (header && rows.length > 0 && header.length <= 200) return { header, rows }
  return refuse('invalid', `${limits.owner}.file_empty`, {
    detail: 'The file needs a header line of at most 200 columns and at least one row below it.',
    errors: [{ path: 'body', code: `${limits.owner}.file_empty`, message: 'Send a header and rows.' }],
  })
}
