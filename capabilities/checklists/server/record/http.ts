import { auditOf } from '@opsflow/capabilities/audits/server'
import { can } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import { notFound } from '@opsflow/platform/refusal'
import type { FileParts } from '@opsflow/platform/server/files/receive'
import { keptKey } from '@opsflow/platform/server/files/storage'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { recordRoutes } from '../../record-routes.ts'
import { readRecord } from '../doing/stands.ts'
import { unitsAt } from '../doing/store.ts'
import { drawRecord } from './draw-in-worker.ts'
import type { ChecklistRecord } from './record.ts'
import { recordTable } from './record-table.ts'
import { type PhotoRow, photosOf, whereOf } from './store-record.ts'

type Unprinted = Omit<ChecklistRecord, 'photos'> & { photos: readonly PhotoRow[] }

export const recordImplementations = ({ storage }: Pick<FileParts, 'storage'>): Implementation[] =>
  implement(recordRoutes, {
    'GET /checklists/{id}/record.pdf': async ({ actor, params, query, read, http }) => {
      const record = await read((tx) => wholeRecord(tx, params.id))
      const photos = await Promise.all(
        record.photos.map(async ({ answerId, sha256, storedSha256 }) => ({
          answerId,
          sha256,
          bytes: storedSha256 ? await bytesOf(storage, keptKey(actor.tenantId, storedSha256)) : null,
        })),
      )
      const pdf = await drawRecord({ ...record, photos }, query.language)
      http.setHeader('content-disposition', `attachment; filename="${params.id}.pdf"`)
      http.setHeader('cache-control', 'private, no-store')
      return { mediaType: 'application/pdf', size: pdf.length, bytes: one(pdf) }
    },
    'GET /checklists/{id}/record.csv': async ({ params, query, read, http }) => {
      const record = await read((tx) => wholeRecord(tx, params.id))
      http.setHeader('content-disposition', `attachment; filename="${params.id}.csv"`)
      return csvText(recordTable({ ...record, photos: [] }, query.language))
    },
  })

async function wholeRecord(tx: ReadTx, id: string): Promise<Unprinted> {
  const { checklist, form, answers } = await readRecord(tx, id)
  const { organizationName, name, timezone } = (await whereOf(tx, checklist.locationId)) ?? notFound()
  const mayLook = can(tx.actor, 'evidence.read', checklist.locationId)
  return {
    ...{ organizationName, location: { name, timezone }, checklist, form, answers },
    score: checklist.status === 'completed' ? ((await auditOf(tx, id))?.score ?? null) : null,
    units: await unitsAt(tx, checklist.locationId, checklist.completedAt ?? checklist.createdAt),
    photos: mayLook
      ? await photosOf(
          tx,
          answers.map(({ id }) => id),
        )
      : [],
  }
}

async function bytesOf(storage: FileParts['storage'], key: string): Promise<Uint8Array | null> {
  const stream = await storage.open(key)
  if (!stream) return null
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function* one(bytes: Uint8Array) {
  yield bytes
}
