import type { Months } from '@opsflow/capabilities/temperature/server'
import { can } from '@opsflow/platform/actor'
import { cursorKeys, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { Signatures } from '@opsflow/platform/server/signatures'
import type { Checklist } from '../../checklist.ts'
import { checklistRoutes } from '../../checklist-routes.ts'
import { giveAnswer } from './answer.ts'
import { beginChecklist, beginOfTemplate } from './begin.ts'
import { completeChecklist, emptyChecklist } from './complete.ts'
import { handOver } from './hand-over.ts'
import { oddAbout, oddLately } from './look.ts'
import { showPresence } from './show-presence.ts'
import { countersign, signChecklist, verifyChecklist } from './sign.ts'
import { readRecord } from './stands.ts'
import { listChecklists } from './store.ts'

export type ChecklistParts = { months: Months; signatures: Signatures }

export const checklistImplementations = ({ months, signatures }: ChecklistParts): Implementation[] =>
  implement(checklistRoutes, {
    'GET /checklists': async ({ actor, query, readOne }) => {
      const { locationId, day, templateId, status, limit } = query
      const after = cursorKeys(query.cursor, isDay, isUuid)
      const rows = await readOne<Checklist>(
        listChecklists(actor, { locationId, day, templateId, status, after }, limit),
      )
      const page = pageOf(rows, limit, (last) => [last.day, last.id])
      return { ...page, items: page.items.filter((list) => can(actor, 'checklists.read', list.locationId)) }
    },
    'GET /checklists/oddities': ({ query, read }) =>
      read(async (tx) => ({ items: await oddLately(tx, query.locationId ?? null, query.days) })),
    'GET /checklists/{id}': ({ params, read }) => read((tx) => readRecord(tx, params.id)),
    'GET /checklists/{id}/oddities': ({ params, read }) =>
      read(async (tx) => ({ items: await oddAbout(tx, params.id) })),
    'POST /checklists': ({ body, write }) =>
      write((tx) => ('formId' in body ? beginChecklist(tx, body) : beginOfTemplate(tx, body))),
    'POST /checklists/{id}/answers': async ({ params, body, write }) => {
      await months.ensure([Date.now()])
      return write((tx) => giveAnswer(tx, { ...body, checklistId: params.id }))
    },
    'POST /checklists/{id}/completion': ({ params, body, write }) =>
      write((tx) =>
        body.reason === undefined ? completeChecklist(tx, params.id) : emptyChecklist(tx, params.id, body.reason),
      ),
    'POST /checklists/{id}/hand-overs': ({ params, body, write }) =>
      write((tx) => handOver(tx, { ...body, checklistId: params.id })),
    'POST /checklists/{id}/presences': ({ params, body, write }) =>
      write((tx) => showPresence(tx, { ...body, checklistId: params.id })),
    'POST /checklists/{id}/sign-offs': async ({ actor, params, body, write }) => {
      const { signature, meaning, ...given } = body
      await signatures.demand(actor, signature)
      const how = actor.kioskId === undefined ? 'session' : 'pin'
      const signing = { ...given, checklistId: params.id }
      return write((tx) =>
        meaning === 'performed'
          ? signChecklist(tx, signing, how)
          : meaning === 'countersigned' || meaning === 'declined'
            ? countersign(tx, { ...signing, meaning }, how)
            : verifyChecklist(tx, { ...signing, meaning }, how),
      )
    },
  })

const isDay = (key: unknown) => isText(key) && /^\d{4}-\d\d-\d\d$/.test(String(key))
