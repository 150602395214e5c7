import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type pg from 'pg'
import { manifest } from '../../../../db/manifest.ts'

/** Everywhere words of a customer can come out. */
export const SINKS = [
  'bodies',
  'problem details',
  'headers',
  'CSV',
  'workbooks',
  'PDFs',
  'socket frames',
  'Redis',
  'rows',
  'files',
  'log lines',
  'letters',
  'metrics',
] as const
type Sink = (typeof SINKS)[number]

type Leak = { sink: Sink; where: string; near: string }

/** What was looked through and what was found in it. */
export class Search {
  readonly looked = new Map<Sink, number>()
  readonly leaks: Leak[] = []
  readonly #marker: RegExp

  constructor(marker: string) {
    this.#marker = new RegExp(marker, 'i')
  }

  in(sink: Sink, where: string, text: string): void {
    this.looked.set(sink, (this.looked.get(sink) ?? 0) + 1)
    const at = text.search(this.#marker)
    if (at >= 0) this.leaks.push({ sink, where, near: text.slice(Math.max(0, at - 80), at + 80) })
  }

  /** An answer of the API, whatever it is: text as it is, a workbook and a PDF as a reader has them. */
  async inAnswer(where: string, status: number, headers: Headers, bytes: Buffer): Promise<void> {
    this.in('headers', where, [...headers].map(([name, value]) => `${name}: ${value}`).join('\n'))
    const type = headers.get('content-type') ?? ''
    if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return this.in('PDFs', where, await textOfPdf(bytes))
    const isPacked = bytes.subarray(0, 2).toString('latin1') === 'PK'
    const text = await textOf(bytes)
    if (isPacked) return this.in('workbooks', where, text)
    this.in(status >= 400 ? 'problem details' : type.includes('csv') ? 'CSV' : 'bodies', where, text)
  }

  /** Every row of these tenants, in every table. */
  async inRows(rows: pg.Pool, tenantId: string): Promise<void> {
    for (const table of Object.keys(manifest).filter((name) => manifest[name] === 'tenant')) {
      const found = await rows.query<{ row: string }>(`select t::text as row from ${table} t where tenant_id = $1`, [
        tenantId,
      ])
      this.in('rows', table, found.rows.map(({ row }) => row).join('\n'))
    }
  }

  /** Every file that is not in the other tenant's own folder. */
  inFiles(folder: string, exceptOf: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (!entry.isFile() || path.includes(exceptOf)) continue
      this.in('files', path, `${path}\n${readFileSync(path).toString('latin1')}`)
    }
  }
}

async function textOfPdf(bytes: Buffer): Promise<string> {
  const reading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  try {
    const document = await reading.promise
    const texts: string[] = []
    for (let n = 1; n <= document.numPages; n++) {
      const { items } = await (await document.getPage(n)).getTextContent()
      texts.push(...items.flatMap((item) => ('str' in item ? [item.str] : [])))
    }
    // A word that was broken over two lines is one word.
    return `${texts.join(' ')}\n${texts.join('')}\n${JSON.stringify(await document.getMetadata().catch(() => ''))}`
  } catch {
    return bytes.toString('latin1') // not really a PDF: an upload that only begins like one
  } finally {
    await reading.destroy()
  }
}

/** As a reader has it: what is packed is unpacked, also within. */
async function textOf(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return textOfPdf(bytes)
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return textOf(gunzipSync(bytes))
  if (bytes.subarray(0, 4).toString('latin1') !== 'PK\x03\x04') return bytes.toString('utf8')
  const parts = Object.entries(unzipSync(new Uint8Array(bytes)))
  return (await Promise.all(parts.map(async ([name, part]) => `${name}\n${await textOf(Buffer.from(part))}`))).join(
    '\n',
  )
}
