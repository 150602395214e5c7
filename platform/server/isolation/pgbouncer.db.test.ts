import { describe, test } from 'vitest'
import { testDatabase } from '../postgres/for-tests.ts'
import { pgBouncerProgram, startPgBouncer } from './pgbouncer.ts'
import { tenancySentences } from './sentences.ts'

if (pgBouncerProgram) {
  const program = pgBouncerProgram
  describe('through PgBouncer in transaction mode', () =>
    tenancySentences(async () => {
      const database = await testDatabase()
      const pooler = await startPgBouncer(program, database.urls.app, 3)
      const close = async () => {
        await pooler.stop()
        await database.drop()
      }
      return { url: pooler.url, prepared: pooler.knowsPreparedStatements, database, close }
    }))
} else {
  test.skip('tenancy through PgBouncer in transaction mode (not run: no pgbouncer; apt-get install -y pgbouncer)', () => {})
}
