import { notFound } from '@opsflow/platform/refusal'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { bytesOfLogo } from '@opsflow/platform/server/paper/logo'
import { logoRoutes } from '../logo.ts'
import { addLogo, chooseLogo, type LogoParts, logoShown } from './logos.ts'
import { logoById } from './store-logos.ts'

export const logoImplementations = (files: LogoParts): Implementation[] =>
  implement(logoRoutes, {
    'GET /organization-logo': ({ read }) => read(async (tx) => ({ logo: await logoShown(tx) })),
    'POST /organization-logos': ({ actor, body }) => addLogo(actor, files, body),
    'PUT /organization-logo': ({ body, write }) => write((tx) => chooseLogo(tx, body.id)),
    'GET /organization-logos/{id}': async ({ actor, params, read, http }) => {
      const logo = (await read((tx) => logoById(tx, params.id))) ?? notFound()
      http.setHeader('content-disposition', `inline; filename="${logo.id}.png"`)
      http.setHeader('content-security-policy', `default-src 'none'; sandbox`)
      http.setHeader('cache-control', 'private, max-age=86400, immutable')
      http.setHeader('vary', 'cookie, authorization, x-organization-id')
      return {
        mediaType: 'image/png',
        size: logo.size,
        bytes: await bytesOfLogo(files.storage, actor.tenantId, logo),
      }
    },
  })
