import { notFound } from '@opsflow/platform/refusal'
import { cursorKeys, isInteger, isText, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { templateRoutes } from '../../template-routes.ts'
import { isMine, templateOf } from './authority.ts'
import { importTemplate } from './import-file.ts'
import { changeLocally, localChangesAt } from './local-changes.ts'
import { compareVersions, previewPublication } from './preview.ts'
import { publishTemplate, rollBack } from './publish.ts'
import { copyTemplate, makeTemplate, saveTemplate } from './save-template.ts'
import { listTemplates, listVersions, readTemplate, readVersionById, type SummaryRow } from './store.ts'

export const templateImplementations = (): Implementation[] =>
  implement(templateRoutes, {
    'GET /checklist-templates': async ({ actor, query: { state, category, cursor, limit }, readOne }) => {
      const after = cursorKeys(cursor, isText, isUuid) ?? undefined
      const rows = await readOne<SummaryRow>(listTemplates(actor, { state, category, after }, limit))
      const items = rows.map(({ createdBy, ...row }) => ({ ...row, isMine: isMine(actor, { createdBy }) }))
      return pageOf(items, limit, ({ name, id }) => [name, id])
    },
    'POST /checklist-templates': ({ body, write }) => write((tx) => makeTemplate(tx, body)),
    'POST /checklist-template-imports': ({ body }) => importTemplate(body),
    'GET /checklist-templates/{id}': ({ actor, params: { id }, read }) =>
      read(async (tx) => templateOf(actor, (await readTemplate(tx, id)) ?? notFound())),
    'PATCH /checklist-templates/{id}': ({ params: { id }, body, write }) => write((tx) => saveTemplate(tx, id, body)),
    'POST /checklist-templates/{id}/copies': ({ params: { id }, body, write }) =>
      write((tx) => copyTemplate(tx, id, body.name)),
    'GET /checklist-templates/{id}/publication-preview': ({ params: { id }, read }) =>
      read((tx) => previewPublication(tx, id)),
    'POST /checklist-templates/{id}/publications': ({ params: { id }, body, write }) =>
      write((tx) => publishTemplate(tx, id, body)),
    'POST /checklist-templates/{id}/roll-backs': ({ params: { id }, body, write }) =>
      write((tx) => rollBack(tx, id, body)),
    'GET /checklist-templates/{id}/versions': ({ params: { id }, query: { cursor, limit }, read }) =>
      read(async (tx) => {
        if (!(await readTemplate(tx, id))) return notFound()
        const below = cursorKeys(cursor, isInteger)?.[0]
        const rows = await listVersions(tx, id, below === undefined ? null : Number(below), limit)
        return pageOf(rows, limit, ({ version }) => [version])
      }),
    'GET /checklist-versions/{id}': ({ params: { id }, read }) =>
      read(async (tx) => (await readVersionById(tx, id)) ?? notFound()),
    'GET /checklist-templates/{id}/comparison': ({ params: { id }, query, read }) =>
      read((tx) => compareVersions(tx, id, query)),
    'GET /checklist-templates/{id}/local-changes': ({ params: { id }, query, read }) =>
      read((tx) => localChangesAt(tx, id, query.locationId)),
    'PUT /checklist-templates/{id}/local-changes': ({ params: { id }, body, write }) =>
      write((tx) => changeLocally(tx, id, body)),
  })
