import { DatabaseSync } from 'node:sqlite'
import type { Sqlite } from './store-sqlite.ts'

/** What expo-sqlite offers, over Node's own SQLite. */
export function sqliteDatabase(file: string): Sqlite & { raw: DatabaseSync } {
  const raw = new DatabaseSync(file)
  return {
    raw,
    execAsync: async (sql) => raw.exec(sql),
    runAsync: async (sql, params) => raw.prepare(sql).run(...params),
    getAllAsync: async <Row>(sql: string, params: (string | number | null)[]) =>
      raw.prepare(sql).all(...params) as Row[],
    closeAsync: async () => raw.close(),
  }
}
