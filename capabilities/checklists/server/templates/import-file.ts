import { refuse } from '@opsflow/platform/refusal'
import { csvTable } from '@opsflow/platform/server/csv-file'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { importColumnOf, readTemplate } from '../../import-template.ts'
import { MOST_ITEMS } from '../../template.ts'
import type { ReadTemplate } from '../../template-records.ts'

/** What a spreadsheet says, row by row. Nothing is stored. */
export async function importTemplate(content: Uint8Array): Promise<ReadTemplate> {
  const { header, rows } = await csvTable(content, { owner: 'checklists', mostRows: MOST_ITEMS })
  if (!header.some((name) => importColumnOf(name) === 'question')) {
    const message = 'Call the column with the questions “question”.'
    refuse('invalid', 'checklists.columns_wrong', {
      detail: message,
      errors: [{ path: 'body', code: 'checklists.columns_wrong', message }],
    })
  }
  return readTemplate(header, rows, uuid7)
}
