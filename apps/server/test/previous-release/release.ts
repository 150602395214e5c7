import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Transaction } from './hear.ts'

/**
 * What a release says to its database: each statement once, in its transaction, and the rows that were there when it
 * said it. `migrations` is how many files its schema is made of, `schema` the last of them.
 */
export type Release = {
  version: string
  commit: string
  on: string
  migrations: number
  schema: string
  rows: Record<string, object[]>
  sequences: Record<string, string>
  transactions: Transaction[]
}

export const RELEASE_FILE = fileURLToPath(new URL('../../../../db/previous-release/said.json', import.meta.url))

/** In the file each text stands once, and a transaction says which: `[number, ...values]`. */
type Kept = Omit<Release, 'transactions'> & {
  texts: string[]
  transactions: (Omit<Transaction, 'statements'> & { said: [number, ...(string | null)[]][] })[]
}

export function readRelease(file = RELEASE_FILE): Release {
  const { texts, transactions, ...release }: Kept = JSON.parse(readFileSync(file, 'utf8'))
  return {
    ...release,
    transactions: transactions.map(({ said, ...told }) => ({
      ...told,
      statements: said.map(([text, ...values]) => ({ sql: texts[text] as string, values })),
    })),
  }
}

/** A line for each table, text and transaction, so that two releases can be compared. */
export function writeRelease({ rows, transactions, ...told }: Release, file = RELEASE_FILE) {
  const texts = [...new Set(transactions.flatMap(({ statements }) => statements.map(({ sql }) => sql)))]
  const placeOf = new Map(texts.map((text, at) => [text, at]))
  const kept = transactions.map(({ statements, ...one }) => ({
    ...one,
    said: statements.map(({ sql, values }) => [placeOf.get(sql), ...values]),
  }))
  const named = (parts: object) =>
    Object.entries(parts).map(([name, part]) => `${JSON.stringify(name)}: ${JSON.stringify(part)}`)
  const list = (parts: unknown[]) => parts.map((part) => JSON.stringify(part)).join(',\n')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(
    file,
    `{\n${named(told).join(',\n')},\n"rows": {\n${named(rows).join(',\n')}\n},\n"texts": [\n${list(texts)}\n],\n"transactions": [\n${list(kept)}\n]\n}\n`,
  )
}
