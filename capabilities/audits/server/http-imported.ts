import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { rowsFor } from '@opsflow/platform/server/where'
import { z } from 'zod'
import type { ImportedAudit } from '../imported.ts'
import { importedAuditRoutes } from '../imported-routes.ts'
import { listImported, readImported } from './store-imported.ts'

export const importedAuditImplementations = (): Implementation[] =>
  implement(importedAuditRoutes, {
    'GET /imported-audits': async ({ actor, query, readOne }) => {
      const { limit, cursor, ...filter } = query
      const after = cursorKeys(cursor, isDay, isUuid)
      const rows = await readOne<ImportedAudit>(listImported(actor, { ...filter, after }, rowsFor(limit)))
      const page = pageOf(rows, limit, (last) => [last.auditDate, last.id])
      return { ...page, items: page.items.filter(({ locationId }) => can(actor, 'checklists.read', locationId)) }
    },
    'GET /imported-audits/{id}': ({ actor, params, read }) =>
      read(async (tx) => {
        const audit = await readImported(tx, params.id)
        return audit && can(actor, 'checklists.read', audit.locationId) ? audit : notFound()
      }),
  })

const isDay = (key: unknown) => isText(key) && z.iso.date().safeParse(key).success
