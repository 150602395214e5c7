import { can, demand } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { cursorKeys, isInstant, isInteger, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import type { AuditImport, ImportPlace } from '../audit-import.ts'
import { REFUSED_COLUMNS } from '../read-inspection.ts'
import { importRoutes } from '../routes.ts'
import { beginImport, cancelImport, memberOf, readOtherwise, sayPlaces, shown } from './decide.ts'
import { keptAudits } from './kept-audits.ts'
import { receive } from './receive.ts'
import type { AuditImportRunner } from './run-import.ts'
import { forgetImport, insertChunk, insertImport, listImports, openImports, storeReceived } from './store-imports.ts'
import { COUNT_PLACES, LIST_ERRORS, listPlaces, refusedRows } from './store-rows.ts'

/** So many files of an organization at a time: each may be large. */
const MOST_OPEN = 5

export const importImplementations = (runner: AuditImportRunner): Implementation[] =>
  implement(importRoutes, {
    'POST /audit-imports': async ({ actor, query, body, database }) => {
      const id = uuid7()
      await database.write(actor, async (tx) => {
        if ((await openImports(tx)) >= MOST_OPEN) tooManyOpen()
        await insertImport(tx, { id, fileName: query.fileName, by: memberOf(tx) })
      })
      try {
        const received = await receive(body, (n, bytes) =>
          database.write(actor, async (tx) => void (await insertChunk(tx, id, n, bytes))),
        )
        const kept = await database.write(actor, async (tx) => {
          await storeReceived(tx, id, received)
          return shown(tx, id)
        })
        runner.start(actor.tenantId, actor.organizationId, id)
        return kept
      } catch (error) {
        // Where the database itself is gone the sweep lets go of it.
        await database.write(actor, (tx) => forgetImport(tx, id)).catch(() => undefined)
        throw error
      }
    },
    'GET /audit-imports': async ({ actor, query, readOne }) => {
      const after = cursorKeys(query.cursor, isInstant, isUuid)
      const rows = await readOne<AuditImport>(listImports(actor, after, query.limit))
      return pageOf(rows, query.limit, ({ createdAt, id }) => [createdAt, id])
    },
    'GET /audit-imports/{id}': ({ params, read }) => read((tx) => shown(tx, params.id)),
    'PUT /audit-imports/{id}/reading': async ({ actor, params, body, write }) => {
      const one = await write((tx) => readOtherwise(tx, params.id, body.encoding, body.mapping))
      runner.start(actor.tenantId, actor.organizationId, params.id)
      return one
    },
    'GET /audit-imports/{id}/places': ({ actor, params, query, read }) =>
      read(async (tx) => {
        await shown(tx, params.id)
        const { limit, show, q } = query
        const after = cursorKeys(query.cursor, isInteger, isUuid)
        const { sql, params: values = [] } = listPlaces(actor, params.id, { show, q, after }, limit)
        const [counts] = await tx.query<{ all: number; proposed: number; placed: number; rowsPlaced: number }>(
          COUNT_PLACES,
          [params.id],
        )
        const page = pageOf(await tx.query<ImportPlace>(sql, values), limit, ({ rows, id }) => [rows, id])
        return { ...page, items: page.items.map(seenBy(actor)), counts: counts ?? notFound() }
      }),
    'PUT /audit-imports/{id}/places': ({ actor, params, body, write }) =>
      write(async (tx) => ({ items: (await sayPlaces(tx, params.id, body.items)).map(seenBy(actor)) })),
    'POST /audit-imports/{id}/runs': async ({ actor, params, body, write, database }) => {
      if (body.makeTemplates) demand(actor, 'checklists.manage')
      const one = await database.read(actor, (tx) => shown(tx, params.id))
      const isPeers = body.makeTemplates && one.kind === 'safetyculture' && one.state === 'previewed'
      const kept = isPeers ? await keptAudits(database, actor, one) : undefined
      kept?.pack?.close()
      const templates = kept?.templates ?? []
      const begun = await write((tx) => beginImport(tx, params.id, templates))
      if (begun.state === 'running') runner.start(actor.tenantId, actor.organizationId, begun.id)
      return begun
    },
    'POST /audit-imports/{id}/cancellations': ({ params, write }) => write((tx) => cancelImport(tx, params.id)),
    'GET /audit-imports/{id}/errors': ({ params, query, read }) =>
      read(async (tx) => {
        await shown(tx, params.id)
        const after = cursorKeys(query.cursor, isInteger, isText, isText)
        const rows = await tx.query<{ row: number; column: string; code: string; message: string }>(LIST_ERRORS, [
          params.id,
          after?.[0] ?? null,
          after?.[1] ?? null,
          after?.[2] ?? null,
          query.limit + 1,
        ])
        return pageOf(rows, query.limit, ({ row, column, code }) => [row, column, code])
      }),
    'GET /audit-imports/{id}/refused.csv': async ({ params, read, http }) => {
      const table = await read(async (tx) => {
        const one = await shown(tx, params.id)
        const columns = one.look?.columns ?? []
        const rows = await refusedRows(tx, params.id)
        const lines = rows.map(({ row, messages, cells }) => [
          ...columns.map((_, at) => cells[at] ?? ''),
          ...[String(row), messages.join('; ')],
        ])
        return [[...columns, ...REFUSED_COLUMNS], ...lines]
      })
      http.setHeader('content-disposition', 'attachment; filename="refused.csv"')
      return csvText(table)
    },
  })

const tooManyOpen = () =>
  refuse('conflict', 'imports.too_many_open', {
    detail: `${MOST_OPEN} files wait or are at work already. Import them or let go of them first.`,
  })

/** Which of ours a place is, is told of locations the caller may see. */
const seenBy =
  (actor: Parameters<typeof can>[0]) =>
  (place: ImportPlace): ImportPlace => ({
    ...place,
    proposed: place.proposed && can(actor, 'imports.run', place.proposed.locationId) ? place.proposed : null,
    locationId: place.locationId && can(actor, 'imports.run', place.locationId) ? place.locationId : null,
  })
