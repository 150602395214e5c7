import { type Actor, can } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { cursorKeys, isInstant, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { Signatures } from '@opsflow/platform/server/signatures'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Finding } from '../finding.ts'
import { findingRoutes } from '../routes.ts'
import { fixFinding, sendFindingBack, verifyFinding } from './answer-finding.ts'
import { findingsTable } from './findings-table.ts'
import { listFindings, locationNames, mostFound, ONE_FINDING } from './store.ts'

const MOST_IN_FILE = 20_000

export const findingImplementations = (signatures: Signatures): Implementation[] =>
  implement(findingRoutes, {
    'GET /findings': async ({ actor, query, readOne }) => {
      const { limit, cursor, ...filter } = query
      const after = cursorKeys(cursor, isInstant, isUuid)
      const rows = await readOne<Finding>(listFindings(actor, { ...filter, after }, limit))
      const page = pageOf(rows, limit, (last) => [filter.sort === 'due' ? last.dueAt : last.openedAt, last.id])
      return { ...page, items: page.items.filter(({ locationId }) => can(actor, 'findings.read', locationId)) }
    },
    'GET /findings.csv': async ({ actor, query, read, http }) => {
      const table = await read(async (tx) => {
        const { sql, params = [] } = listFindings(actor, query, MOST_IN_FILE)
        const rows = await tx.query<Finding>(sql, params)
        if (rows.length > MOST_IN_FILE) tooManyRows()
        return findingsTable(await named(tx, actor, rows), Date.now())
      })
      http.setHeader('content-disposition', 'attachment; filename="findings.csv"')
      return csvText(table)
    },
    'GET /findings/most-found': ({ actor, query, read }) =>
      read(async (tx) => {
        mustBeSpan(query)
        const reach = actor.permissions.get('findings.read')
        return { items: await mostFound(tx, query, reach && reach !== 'all' ? [...reach] : null) }
      }),
    'GET /findings/{id}': async ({ actor, params, readOne }) => {
      const [finding] = await readOne<Finding>(ONE_FINDING, [params.id])
      return finding && can(actor, 'findings.read', finding.locationId) ? finding : notFound()
    },
    'POST /findings/{id}/fixes': ({ params, body, write }) => write((tx) => fixFinding(tx, params.id, body)),
    'POST /findings/{id}/verifications': async ({ actor, params, body, write }) => {
      const { signature, ...given } = body
      await signatures.demand(actor, signature)
      return write((tx) => verifyFinding(tx, params.id, given, actor.kioskId === undefined ? null : 'pin'))
    },
    'POST /findings/{id}/returns': ({ params, body, write }) => write((tx) => sendFindingBack(tx, params.id, body)),
  })

async function named(tx: ReadTx, actor: Actor, rows: readonly Finding[]) {
  const names = await locationNames(tx)
  return rows
    .filter(({ locationId }) => can(actor, 'findings.read', locationId))
    .map((finding) => ({ ...finding, location: names.get(finding.locationId) ?? '' }))
}

const MOST_DAYS = 366

function mustBeSpan({ from, to }: { from: string; to: string }) {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  if (days >= 0 && days < MOST_DAYS) return
  const message = 'Ask for up to 366 days, the first one first.'
  refuse('invalid', 'findings.span', {
    detail: message,
    errors: [{ path: 'query.to', code: 'findings.span', message }],
  })
}

const tooManyRows = () =>
  refuse('invalid', 'findings.too_many_rows', {
    detail: 'More than 20,000 findings. Choose fewer places or states.',
    errors: [{ path: 'query.state', code: 'findings.too_many_rows', message: 'Choose fewer places or states.' }],
  })
