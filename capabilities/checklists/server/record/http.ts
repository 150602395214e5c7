import { auditOf } from '@opsflow/capabilities/audits/server'
import { type PhotoNamed, photosNamedBy, printed } from '@opsflow/capabilities/evidence/server'
import { can } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import { notFound } from '@opsflow/platform/refusal'
import type { FileParts } from '@opsflow/platform/server/files/receive'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { pdfAnswer } from '@opsflow/platform/server/paper/answer'
import { logoInUse, printedLogo, type StoredLogo } from '@opsflow/platform/server/paper/logo'
import type { PaperRegister } from '@opsflow/platform/server/paper/register'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { recordRoutes } from '../../record-routes.ts'
import { readRecord } from '../doing/stands.ts'
import { unitsAt } from '../doing/store.ts'
import { drawRecord } from './draw-in-worker.ts'
import type { ChecklistRecord } from './record.ts'
import { recordTable } from './record-table.ts'
import { whereOf } from './store-record.ts'

type Unprinted = Omit<ChecklistRecord, 'photos' | 'logo'> & { photos: readonly PhotoNamed[]; logo: StoredLogo | null }
export type RecordParts = Pick<FileParts, 'storage'> & { papers: PaperRegister }

export const recordImplementations = ({ storage, papers }: RecordParts): Implementation[] =>
  implement(recordRoutes, {
    'GET /checklists/{id}/record.pdf': async ({ actor, params: { id }, query, read, http }) => {
      const unprinted = await read((tx) => wholeRecord(tx, id))
      const [photos, logo] = [
        await printed(storage, actor.tenantId, unprinted.photos),
        await printedLogo(storage, actor.tenantId, unprinted.logo),
      ]
      const record = { ...unprinted, photos, logo }
      const { checklist, location } = record
      const about = {
        ...{ kind: 'record' as const, locationId: checklist.locationId, subjectId: id, from: null, to: null },
        ...{ title: `${checklist.name} · ${location.name} · ${checklist.day}`, givenTo: null },
      }
      const pdf = await papers.make(actor, about, (address) => drawRecord(record, query.language, address))
      return pdfAnswer(http, pdf, `${id}.pdf`)
    },
    'GET /checklists/{id}/record.csv': async ({ params, query, read, http }) => {
      const record = await read((tx) => wholeRecord(tx, params.id))
      http.setHeader('content-disposition', `attachment; filename="${params.id}.csv"`)
      return csvText(recordTable({ ...record, photos: [], logo: null }, query.language))
    },
  })

async function wholeRecord(tx: ReadTx, id: string): Promise<Unprinted> {
  const { checklist, form, answers } = await readRecord(tx, id)
  const { organizationName, brand, name, timezone } = (await whereOf(tx, checklist.locationId)) ?? notFound()
  const mayLook = can(tx.actor, 'evidence.read', checklist.locationId)
  const answerIds = answers.map((answer) => answer.id)
  return {
    logo: await logoInUse(tx),
    ...{ organizationName, brand, location: { name, timezone }, checklist, form, answers },
    score: checklist.status === 'completed' ? ((await auditOf(tx, id))?.score ?? null) : null,
    units: await unitsAt(tx, checklist.locationId, checklist.completedAt ?? checklist.createdAt),
    photos: mayLook ? await photosNamedBy(tx, 'checklist_answer', answerIds) : [],
  }
}
