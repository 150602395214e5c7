import { csvText } from '@opsflow/platform/csv'
import { refuse } from '@opsflow/platform/refusal'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { rowsFor } from '@opsflow/platform/server/where'
import { type ChecklistOutcome, checklistViewRoutes } from '../../view-routes.ts'
import { auditCalendar } from './audit-calendar.ts'
import { type Asked, completion, failures, spanOf } from './completion.ts'
import { placesBelow } from './places-below.ts'
import { plan } from './plan.ts'
import { type Narrowed, outcomeRows } from './store-views.ts'
import { completionTable, failuresTable, outcomesTable } from './tables.ts'

const MOST_IN_FILE = 20_000

export const checklistViewImplementations = (): Implementation[] =>
  implement(checklistViewRoutes, {
    'GET /checklist-completion': ({ query, read }) => read((tx) => completion(tx, query)),
    'GET /checklist-completion.csv': ({ query, read, http }) =>
      asFile(http, 'completion', async () => completionTable((await read((tx) => completion(tx, query))).items)),
    'GET /checklist-failures': ({ query, read }) => read(async (tx) => ({ items: await failures(tx, query) })),
    'GET /checklist-failures.csv': ({ query, read, http }) =>
      asFile(http, 'failures', async () => failuresTable(await read((tx) => failures(tx, query)))),
    'GET /checklist-outcomes': ({ query: { limit, cursor, ...asked }, read }) =>
      read(async (tx) => {
        const after = cursorKeys(cursor, isDay, isUuid)
        const { rows } = await outcomes(tx, { ...asked, after }, rowsFor(limit))
        return pageOf(rows, limit, (last) => [last.day, last.id])
      }),
    'GET /checklist-outcomes.csv': ({ query, read, http }) =>
      asFile(http, 'checklists', () =>
        read(async (tx) => {
          const { rows, places } = await outcomes(tx, query, MOST_IN_FILE + 1)
          if (rows.length > MOST_IN_FILE) tooManyRows()
          const names = new Map(places.map(({ id, name }) => [id, name]))
          return outcomesTable(rows, (id) => names.get(id) ?? '')
        }),
      ),
    'GET /audit-calendar': ({ query, read }) => read((tx) => auditCalendar(tx, query)),
    'GET /checklist-plan': ({ query, read }) => read((tx) => plan(tx, query)),
  })

async function outcomes(tx: ReadTx, asked: Asked & Omit<Narrowed, 'locationIds'>, limit: number) {
  const places = await placesBelow(tx, asked)
  const { sql, params = [] } = outcomeRows(tx.actor, { ...asked, ...spanOf(asked, places) }, limit)
  return { places, rows: await tx.query<ChecklistOutcome>(sql, params) }
}

async function asFile(
  http: { setHeader: (name: string, value: string) => void },
  name: string,
  rows: () => Promise<string[][]>,
): Promise<string> {
  const text = csvText(await rows())
  http.setHeader('content-disposition', `attachment; filename="${name}.csv"`)
  return text
}

const tooManyRows = () =>
  refuse('invalid', 'checklists.too_many_rows', {
    detail: 'More than 20,000 rows. Choose fewer days or places.',
    errors: [{ path: 'query.to', code: 'checklists.too_many_rows', message: 'Choose fewer days or places.' }],
  })

const isDay = (key: unknown) => isText(key) && /^\d{4}-\d\d-\d\d$/.test(String(key))
