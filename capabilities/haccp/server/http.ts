import type { FileParts } from '@opsflow/platform/server/files/receive'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { pdfAnswer } from '@opsflow/platform/server/paper/answer'
import { logoInUse, printedLogo } from '@opsflow/platform/server/paper/logo'
import { haccpRoutes } from '../routes.ts'
import { choicesAt } from './choices.ts'
import { planPaper } from './draw-in-worker.ts'
import { monitorPlan } from './monitor.ts'
import { beginPlan, changePlan, plansAt, showPlan, writePlan } from './plans.ts'
import { showRevision, signAlso, signPlan } from './signing.ts'
import { placeOf } from './store-choices.ts'

export const haccpImplementations = ({ storage }: Pick<FileParts, 'storage'>): Implementation[] =>
  implement(haccpRoutes, {
    'GET /haccp-plans': ({ query, read }) => read(async (tx) => ({ items: await plansAt(tx, query) })),
    'POST /haccp-plans': ({ body, write }) => write((tx) => beginPlan(tx, body)),
    'GET /haccp-choices': ({ query, read }) => read((tx) => choicesAt(tx, query.locationId)),
    'GET /haccp-plans/{id}': ({ params, read }) => read((tx) => showPlan(tx, params.id)),
    'PUT /haccp-plans/{id}/draft': ({ params, body, write }) =>
      write((tx) => writePlan(tx, params.id, body.revision, body.draft)),
    'PATCH /haccp-plans/{id}': ({ params, body, write }) => write((tx) => changePlan(tx, params.id, body)),
    'POST /haccp-plans/{id}/revisions': ({ params, body, write }) => write((tx) => signPlan(tx, params.id, body)),
    'GET /haccp-revisions/{id}': ({ params, read }) => read((tx) => showRevision(tx, params.id)),
    'GET /haccp-revisions/{id}/plan.pdf': async ({ actor, params, query, read, http }) => {
      const drawing = await read(async (tx) => {
        const revision = await showRevision(tx, params.id)
        const place = await placeOf(tx, revision.locationId)
        const logo = await logoInUse(tx)
        return { revision, timezone: place?.timezone ?? 'UTC', language: query.language, logo }
      })
      const logo = await printedLogo(storage, actor.tenantId, drawing.logo)
      return pdfAnswer(http, await planPaper({ ...drawing, logo }), `haccp-plan-${drawing.revision.number}.pdf`)
    },
    'POST /haccp-revisions/{id}/signatures': ({ params, body, write }) => write((tx) => signAlso(tx, params.id, body)),
    'GET /haccp-plans/{id}/monitoring': ({ params, query, read }) => read((tx) => monitorPlan(tx, params.id, query)),
  })
