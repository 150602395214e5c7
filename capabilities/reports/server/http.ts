import { can } from '@opsflow/platform/actor'
import { notFound } from '@opsflow/platform/refusal'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { reportRoutes } from '../routes.ts'
import { drawPack } from './draw-in-worker.ts'
import { checkOf, gatherPack, type PackAsked } from './gather-pack.ts'
import { giveLink, linksGiven, takeBackLink, visitsOf } from './links.ts'
import type { ReportParts } from './parts.ts'
import { visit } from './visit.ts'

export const reportImplementations = (parts: ReportParts): Implementation[] =>
  implement(reportRoutes, {
    'GET /inspector-packs/check': ({ query, read }) => read(async (tx) => checkOf(await mine(tx, query))),
    'GET /inspector-packs/pack.pdf': async ({ query, read, http }) => {
      const pack = await read((tx) => mine(tx, query))
      const pdf = await drawPack({ pack, language: query.language })
      http.setHeader('content-disposition', `attachment; filename="${fileName(query)}"`)
      http.setHeader('cache-control', 'private, no-store')
      return pdfAnswer(pdf)
    },
    'GET /inspector-links': ({ query, read }) => read((tx) => linksGiven(tx, query.locationId)),
    'POST /inspector-links': ({ body, write }) => write((tx) => giveLink(tx, parts.digest, body)),
    'GET /inspector-links/{id}/visits': ({ params, read }) => read((tx) => visitsOf(tx, params.id)),
    'DELETE /inspector-links/{id}': ({ params, write }) => write((tx) => takeBackLink(tx, params.id)),
    'POST /inspections': async ({ body, http }) => {
      const { link, pack } = await visit(parts, body.secret, 'opened', http)
      const { givenTo, expiresAt } = link
      return { givenTo, expiresAt, organization: pack.place.organizationName, check: checkOf(pack) }
    },
    'POST /inspections/pack.pdf': async ({ body, http }) => {
      const { link, pack } = await visit(parts, body.secret, 'file', http)
      const pdf = await drawPack({ pack, language: link.language, watermark: link.givenTo })
      http.setHeader('content-disposition', `attachment; filename="${fileName(link)}"`)
      http.setHeader('cache-control', 'private, no-store')
      return pdfAnswer(pdf)
    },
  })

const mine = (tx: ReadTx, asked: PackAsked) => {
  if (!can(tx.actor, 'reports.make', asked.locationId)) notFound()
  return gatherPack(tx, asked)
}

const fileName = ({ from, to }: { from: string; to: string }) => `records-${from}-to-${to}.pdf`

const pdfAnswer = (pdf: Uint8Array) => ({ mediaType: 'application/pdf', size: pdf.length, bytes: one(pdf) })

async function* one(bytes: Uint8Array) {
  yield bytes
}
