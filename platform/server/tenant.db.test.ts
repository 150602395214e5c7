import { tenancySentences } from './isolation/sentences.ts'
import { testDatabase } from './postgres/for-tests.ts'

tenancySentences(async () => {
  const database = await testDatabase()
  return { url: database.urls.app, prepared: true, database, close: database.drop }
})
