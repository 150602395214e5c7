import { printed } from '@opsflow/capabilities/evidence/server'
import { type Actor, can } from '@opsflow/platform/actor'
import { csvText } from '@opsflow/platform/csv'
import { notFound } from '@opsflow/platform/refusal'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { madeFile, pdfAnswer, XLSX } from '@opsflow/platform/server/paper/answer'
import { bytesOfLogo, printedLogo } from '@opsflow/platform/server/paper/logo'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import type { PackLanguage } from '../pack.ts'
import { reportRoutes } from '../routes.ts'
import { drawPack, drawPoint, packWorkbook, pointWorkbook } from './draw-in-worker.ts'
import { checkOf, gatherPack, MOST_PHOTOS, type Pack, type PackAsked } from './gather-pack.ts'
import { gatherPoint, type PointReport } from './gather-point.ts'
import { giveLink, linksGiven, takeBackLink, visitsOf } from './links.ts'
import { beginMailing, mailingsAt, release, stopMailing, takeOverMailing } from './mailings.ts'
import { paperBehind } from './papers.ts'
import type { ReportParts } from './parts.ts'
import { pointTable } from './point-sheets.ts'
import { logoBehind, visit } from './visit.ts'

export const reportImplementations = (parts: ReportParts): Implementation[] =>
  implement(reportRoutes, {
    'GET /inspector-packs/check': ({ query, read }) => read(async (tx) => checkOf(await mine(tx, query))),
    'GET /inspector-packs/pack.pdf': async ({ actor, query, read, http }) => {
      const pack = await read((tx) => mine(tx, query))
      return pdfAnswer(http, await paperOf(parts, actor, pack, query), fileName(query, 'pdf'))
    },
    'GET /inspector-packs/pack.xlsx': async ({ query, read, http }) => {
      const pack = await read((tx) => mine(tx, query))
      const workbook = await packWorkbook({ pack, language: query.language })
      return madeFile(http, XLSX, workbook, fileName(query, 'xlsx'))
    },
    'GET /haccp-points/report.pdf': async ({ actor, query, read, http }) => {
      const report = await read((tx) => gatherPoint(tx, query))
      return pdfAnswer(http, await pointPaper(parts, actor, report, query.language), pointFile(report, 'pdf'))
    },
    'GET /haccp-points/report.xlsx': async ({ query, read, http }) => {
      const report = await read((tx) => gatherPoint(tx, query))
      const workbook = await pointWorkbook({ report, language: query.language })
      return madeFile(http, XLSX, workbook, pointFile(report, 'xlsx'))
    },
    'GET /haccp-points/report.csv': async ({ query, read, http }) => {
      const report = await read((tx) => gatherPoint(tx, query))
      http.setHeader('content-disposition', `attachment; filename="${pointFile(report, 'csv')}"`)
      return csvText(pointTable({ report, language: query.language }))
    },
    'POST /papers/verifications': ({ body, http }) => paperBehind(parts, body.code, http),
    'GET /inspector-links': ({ query, read }) => read((tx) => linksGiven(tx, query.locationId)),
    'POST /inspector-links': ({ body, write }) => write((tx) => giveLink(tx, parts.digest, body)),
    'GET /inspector-links/{id}/visits': ({ params, read }) => read((tx) => visitsOf(tx, params.id)),
    'DELETE /inspector-links/{id}': ({ params, write }) => write((tx) => takeBackLink(tx, params.id)),
    'GET /report-mailings': async ({ query, read }) => ({
      items: await read((tx) => mailingsAt(tx, query.locationId)),
      mailIsOn: parts.mailIsOn,
    }),
    'POST /report-mailings': ({ body, write }) => write((tx) => beginMailing(tx, body, parts.mailIsOn)),
    'DELETE /report-mailings/{id}': ({ params, write }) => write((tx) => stopMailing(tx, params.id)),
    'POST /report-mailings/{id}/takeover': ({ params, write }) => write((tx) => takeOverMailing(tx, params.id)),
    'POST /report-sendings/{id}/release': ({ params, write }) => write((tx) => release(tx, params.id)),
    'POST /inspections': async ({ body, http }) => {
      const { link, pack } = await visit(parts, body.secret, 'opened', http)
      const { givenTo, expiresAt } = link
      const logo = pack.logo && logoFacts(pack.logo)
      return { givenTo, expiresAt, organization: pack.place.organizationName, logo, check: checkOf(pack) }
    },
    'POST /inspections/logo.png': async ({ body, http }) => {
      const { visitor, logo } = await logoBehind(parts, body.secret, http)
      http.setHeader('cache-control', 'private, no-store')
      http.setHeader('content-security-policy', `default-src 'none'; sandbox`)
      const bytes = await bytesOfLogo(parts.storage, visitor.tenantId, logo)
      return { mediaType: 'image/png', size: logo.size, bytes }
    },
    'POST /inspections/pack.pdf': async ({ body, http }) => {
      const { link, visitor, pack } = await visit(parts, body.secret, 'file', http)
      return pdfAnswer(http, await paperOf(parts, visitor, pack, link), fileName(link, 'pdf'))
    },
  })

const logoFacts = ({ width, height, vanishesOnLight, vanishesOnDark }: NonNullable<Pack['logo']>) => ({
  ...{ width, height, vanishesOnLight, vanishesOnDark },
})

const mine = (tx: ReadTx, asked: Omit<PackAsked, 'photos'>) => {
  if (!can(tx.actor, 'reports.make', asked.locationId)) notFound()
  return gatherPack(tx, { ...asked, photos: can(tx.actor, 'evidence.read', asked.locationId) })
}

/** Drawn with its photos, and kept in the register of papers by its hash. */
async function paperOf(
  { papers, storage }: ReportParts,
  actor: Actor,
  pack: Pack,
  { language, givenTo = null }: { language: PackLanguage; givenTo?: string | null },
): Promise<Uint8Array> {
  const { place, from, to } = pack
  const photos = await printed(storage, actor.tenantId, pack.photos.slice(0, MOST_PHOTOS))
  const logo = await printedLogo(storage, actor.tenantId, pack.logo)
  const about = {
    ...{ kind: 'pack' as const, locationId: place.id, subjectId: null, from, to, givenTo },
    title: `${place.name} · ${from} – ${to}`,
  }
  return papers.make(actor, about, (address) =>
    drawPack({
      pack: { ...pack, photos },
      language,
      address,
      logo,
      ...(givenTo === null ? {} : { watermark: givenTo }),
    }),
  )
}

/** Kept in the register of papers by its hash, as a pack is. */
async function pointPaper({ papers, storage }: ReportParts, actor: Actor, report: PointReport, language: PackLanguage) {
  const { place, plan, point, from, to } = report
  const about = {
    ...{ kind: 'point' as const, locationId: place.id, subjectId: plan.id, from, to, givenTo: null },
    title: `${plan.name} · ${point.number}: ${point.stepName}`,
  }
  const logo = await printedLogo(storage, actor.tenantId, report.logo)
  return papers.make(actor, about, (address) => drawPoint({ report, language, address, logo }))
}

const pointFile = ({ point, from, to }: PointReport, ending: string) =>
  `${point.number.toLowerCase().replaceAll(' ', '-')}-${from}-to-${to}.${ending}`

const fileName = ({ from, to }: { from: string; to: string }, ending: string) => `records-${from}-to-${to}.${ending}`
