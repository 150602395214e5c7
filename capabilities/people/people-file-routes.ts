import { CsvBytes, ImportPlan, ImportQuery } from '@opsflow/capabilities/locations'
import { defineRoutes } from '@opsflow/platform/route'
import { z } from 'zod'

export const peopleFileRoutes = defineRoutes({
  'GET /member-export': {
    summary: 'The people at the locations you manage as a CSV file',
    description: 'A row for each role someone holds. Read again by `POST /member-imports`, it changes nothing.',
    tag: 'people',
    permission: 'people.read',
    callers: ['member'],
    produces: 'text/csv',
    response: z.string(),
  },
  'POST /member-imports': {
    summary: 'Add people, and give them roles, from a CSV file',
    description:
      'Columns: name, email, role, place (a location’s code or name, `group:East > New Jersey`, or `*` for the whole ' +
      'organization); a person with several roles has several rows. Without `plan`: says what the file would do, and writes ' +
      'nothing. With the `plan` of that answer: does exactly that, all of it or nothing. Nothing is taken away. At most 2,000 rows.',
    tag: 'people',
    permission: 'people.manage',
    callers: ['member'],
    query: ImportQuery,
    accepts: { type: 'text/csv', maxBytes: 2 * 1024 * 1024 },
    body: CsvBytes,
    response: ImportPlan,
    refusals: [
      'people.file_not_csv',
      'people.file_not_utf8',
      'people.file_empty',
      'people.file_too_long',
      'people.columns_wrong',
      'people.import_has_errors',
      'people.import_outdated',
    ],
  },
})
