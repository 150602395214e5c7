import { type Actor, can } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import { justNow } from '@opsflow/platform/moment'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { cursorKeys, isInstant, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { Signatures } from '@opsflow/platform/server/signatures'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { Process } from '../process.ts'
import { processRoutes } from '../routes.ts'
import { beginProcess } from './begin-process.ts'
import { correctReading, finishProcess, noteEvent, takeTemperature, verifyProcess } from './change-process.ts'
import { calibrateProbe, changeProbe, registerProbe } from './probes.ts'
import { processesTable } from './processes-table.ts'
import { locationNames } from './store-places.ts'
import { probesAt, readProbe } from './store-probes.ts'
import { listProcesses, ONE_PROCESS, type ProcessFilter } from './store-processes.ts'

const MOST_IN_FILE = 20_000

export const processImplementations = (signatures: Signatures): Implementation[] =>
  implement(processRoutes, {
    'GET /processes': async ({ actor, query, readOne }) => {
      const { limit, cursor, ...filter } = query
      const after = cursorKeys(cursor, isInstant, isUuid)
      const rows = await readOne<Process>(listProcesses(actor, { ...reachOf(actor), ...filter, after }, limit))
      return pageOf(rows, limit, (last) => [new Date(last.beganAt).toISOString(), last.id])
    },
    'GET /processes.csv': async ({ actor, query, read, http }) => {
      const rows = await read((tx) => rowsOfFile(tx, { ...reachOf(actor), ...query }))
      http.setHeader('content-disposition', 'attachment; filename="processes.csv"')
      return csvText(processesTable(rows))
    },
    'POST /processes': ({ body, write }) => write((tx) => beginProcess(tx, body)),
    'GET /processes/{id}': async ({ actor, params, readOne }) => {
      const [process] = await readOne<Process>(ONE_PROCESS, [params.id])
      return process && can(actor, 'processes.read', process.locationId) ? process : notFound()
    },
    'POST /processes/{id}/readings': ({ params, body, write }) => write((tx) => takeTemperature(tx, params.id, body)),
    'POST /processes/{id}/corrections': ({ params, body, write }) => write((tx) => correctReading(tx, params.id, body)),
    'POST /processes/{id}/events': ({ params, body, write }) => write((tx) => noteEvent(tx, params.id, body)),
    'POST /processes/{id}/completion': ({ params, body, write }) => write((tx) => finishProcess(tx, params.id, body)),
    'POST /processes/{id}/verification': async ({ actor, params, body, write }) => {
      const { signature, ...input } = body
      await signatures.demand(actor, signature)
      const signed = actor.kioskId === undefined ? null : 'pin'
      return write((tx) => verifyProcess(tx, params.id, { ...input, signature: signed }, justNow()))
    },
    'GET /probes': ({ actor, query, read }) =>
      read(async (tx) => {
        if (!can(actor, 'processes.read', query.locationId)) notFound()
        return { items: await probesAt(tx, query.locationId) }
      }),
    'POST /probes': ({ body, write }) => write((tx) => registerProbe(tx, body)),
    'GET /probes/{id}': ({ actor, params, read }) =>
      read(async (tx) => {
        const probe = await readProbe(tx, params.id)
        return probe && can(actor, 'processes.read', probe.locationId) ? probe : notFound()
      }),
    'PATCH /probes/{id}': ({ params, body, write }) => write((tx) => changeProbe(tx, params.id, body)),
    'POST /probes/{id}/calibrations': ({ params, body, write }) => write((tx) => calibrateProbe(tx, params.id, body)),
  })

/** Where this may be read, where that is not everywhere the caller sees anything. */
function reachOf({ permissions, locationIds }: Actor): Pick<ProcessFilter, 'locationIds'> {
  const reach = permissions.get('processes.read')
  const seesMore = reach !== undefined && reach !== 'all' && (locationIds === 'all' || locationIds.size > reach.size)
  return seesMore ? { locationIds: [...reach] } : {}
}

/** All of them, or none: a file that leaves something out says nothing of it. */
async function rowsOfFile(tx: ReadTx, asked: ProcessFilter) {
  const { sql, params = [] } = listProcesses(tx.actor, asked, MOST_IN_FILE)
  const rows = await tx.query<Process>(sql, params)
  if (rows.length > MOST_IN_FILE) tooManyRows()
  const names = await locationNames(tx)
  return rows.map((process) => ({ process, place: names.get(process.locationId) ?? '' }))
}

const tooManyRows = () =>
  refuse('invalid', 'processes.too_many_rows', {
    detail: 'More than 20,000 processes. Choose fewer days or places.',
    errors: [{ path: 'query.to', code: 'processes.too_many_rows', message: 'Choose fewer days or places.' }],
  })
