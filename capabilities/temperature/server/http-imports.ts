import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isInstant, isInteger, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import type { Handlers } from '@opsflow/platform/server/http/implement'
import type { Import, temperatureRoutes } from '../routes.ts'
import { previewImport, readCsvFile } from './preview-import.ts'
import { beginImport, type ImportRunner } from './run-import.ts'
import { LIST_ERRORS, listImports, ONE_IMPORT } from './store-imports.ts'

const isText = (key: unknown) => typeof key === 'string' && key.length <= 200

export const importHandlers = (runner: ImportRunner) =>
  ({
    'POST /imports': async ({ query, body, write }) => {
      const file = await readCsvFile(query.fileName, body)
      return write((tx) => previewImport(tx, file, query.unitId, query.sensorId))
    },
    'GET /imports': async ({ actor, query, readOne }) => {
      const after = cursorKeys(query.cursor, isInstant, isUuid)
      const rows = await readOne<Import>(listImports(actor, { locationId: query.locationId, after }, query.limit))
      return pageOf(rows, query.limit, ({ createdAt, id }) => [createdAt, id])
    },
    'GET /imports/{id}': async ({ actor, params, readOne }) => {
      const [one] = await readOne<Import>(ONE_IMPORT, [params.id])
      return one && can(actor, 'temperature.import', one.locationId) ? one : notFound()
    },
    'POST /imports/{id}/runs': async ({ actor, params, body, write }) => {
      const begun = await write((tx) => beginImport(tx, params.id, body.mapping))
      if (begun.state === 'running') runner.start(actor.tenantId, actor.organizationId, begun.id)
      return begun
    },
    'GET /imports/{id}/errors': async ({ actor, params, query, readBatch }) => {
      const after = cursorKeys(query.cursor, isInteger, isText)
      const [imports, rows] = (await readBatch([
        { sql: ONE_IMPORT, params: [params.id] },
        { sql: LIST_ERRORS, params: [params.id, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1] },
      ])) as [Import[], { row: number; column: string; code: string; message: string }[]]
      if (!imports[0] || !can(actor, 'temperature.import', imports[0].locationId)) notFound()
      return pageOf(rows, query.limit, ({ row, column }) => [row, column])
    },
  }) satisfies Partial<Handlers<typeof temperatureRoutes>>
