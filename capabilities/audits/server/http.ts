import { can } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { rowsFor } from '@opsflow/platform/server/where'
import type { Audit } from '../audit.ts'
import { auditRoutes } from '../audit-routes.ts'
import { type LeagueRow, leagueOf } from '../league.ts'
import { auditsTable } from './audits-table.ts'
import { leagueRows, listAudits, locationNames, readAudits } from './store.ts'

const MOST_IN_FILE = 20_000

export const auditImplementations = (): Implementation[] =>
  implement(auditRoutes, {
    'GET /audits': async ({ actor, query, readOne }) => {
      const { limit, cursor, ...filter } = query
      const after = cursorKeys(cursor, isDay, isUuid)
      const rows = await readOne<Audit>(listAudits(actor, { ...filter, after }, rowsFor(limit)))
      const page = pageOf(rows, limit, (last) => [last.auditDate, last.id])
      return { ...page, items: page.items.filter(({ locationId }) => can(actor, 'checklists.read', locationId)) }
    },
    'GET /audits.csv': async ({ actor, query, read, http }) => {
      const table = await read(async (tx) => {
        const { sql, params = [] } = listAudits(actor, query, MOST_IN_FILE + 1)
        const rows = await tx.query<Audit>(sql, params)
        if (rows.length > MOST_IN_FILE) tooManyRows()
        const names = await locationNames(tx)
        return auditsTable(
          rows
            .filter(({ locationId }) => can(actor, 'checklists.read', locationId))
            .map((audit) => ({ ...audit, location: names.get(audit.locationId) ?? '' })),
        )
      })
      http.setHeader('content-disposition', 'attachment; filename="audits.csv"')
      return csvText(table)
    },
    'GET /audits/league': async ({ actor, query, readOne }) => {
      const rows = await readOne<LeagueRow>(leagueRows(actor, query))
      const mine = rows.filter(({ locationId }) => can(actor, 'checklists.read', locationId))
      return { items: leagueOf(mine, new Date().toISOString().slice(0, 10)) }
    },
    'GET /audits/{id}': ({ actor, params, read }) =>
      read(async (tx) => {
        const [audit] = await readAudits(tx, [params.id])
        return audit && can(actor, 'checklists.read', audit.locationId) ? audit : notFound()
      }),
  })

const tooManyRows = () =>
  refuse('invalid', 'audits.too_many_rows', {
    detail: 'More than 20,000 audits. Choose fewer days or places.',
    errors: [{ path: 'query.to', code: 'audits.too_many_rows', message: 'Choose fewer days or places.' }],
  })

const isDay = (key: unknown) => isText(key) && /^\d{4}-\d\d-\d\d$/.test(String(key))
