import { can, demand } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { placeCodeRoutes } from '../place-code.ts'
import { photoOfFault } from './photo-of-fault.ts'
import { type FaultParts, faultPlace, reportFault } from './report-fault.ts'
import { codesAt, codesByIds, insertCode, revokeCode } from './store-codes.ts'
import { openLocation } from './store-people.ts'
import { personOf, unitOf } from './who.ts'

export const placeCodeImplementations = (parts: FaultParts): Implementation[] =>
  implement(placeCodeRoutes, {
    'GET /place-codes': ({ actor, query, read }) =>
      read(async (tx) => {
        const locationId = (await openLocation(tx, query.locationId)) ?? notFound()
        if (!can(actor, 'tasks.codes', locationId)) notFound()
        return { items: await codesAt(tx, locationId) }
      }),
    'POST /place-codes': ({ actor, body, write }) =>
      write(async (tx) => {
        const locationId = (await openLocation(tx, body.locationId)) ?? notFound()
        demand(actor, 'tasks.codes', locationId)
        const unit = await unitOf(tx, locationId, body.unitId)
        const by = personOf(tx)?.id ?? null
        const id = await insertCode(tx, { locationId, unitId: unit?.id ?? null, label: body.label, by })
        const after = { label: body.label, unit: unit?.name ?? null }
        await recordEvent(tx, { name: 'tasks.place_code_made', subjectId: id, locationId, after })
        return codeNow(tx, id)
      }),
    'DELETE /place-codes/{id}': ({ actor, params, write }) =>
      write(async (tx) => {
        const { id, locationId, label, revokedAt } = await codeNow(tx, params.id)
        if (!can(actor, 'tasks.read', locationId)) notFound()
        demand(actor, 'tasks.codes', locationId)
        if (revokedAt === null) {
          await revokeCode(tx, id, personOf(tx)?.id ?? null)
          await recordEvent(tx, { name: 'tasks.place_code_revoked', subjectId: id, locationId, before: { label } })
        }
        return codeNow(tx, id)
      }),
    'GET /fault-reports': ({ query, http }) => faultPlace(parts, query.code, http),
    'POST /fault-reports': ({ body, http }) => reportFault(parts, body, http),
    'POST /fault-reports/photos': ({ query, body, http }) => photoOfFault(parts, query, body, http),
  })

const codeNow = async (tx: ReadTx, id: string) => (await codesByIds(tx, [id]))[0] ?? notFound()
