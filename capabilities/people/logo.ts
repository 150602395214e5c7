import { unkept } from '@opsflow/platform/files'
import { defineRoutes, FileAnswer, IdParams } from '@opsflow/platform/route'
import { z } from 'zod'

const MOST_BYTES = 4 * 1024 * 1024
const LogoBytes = z
  .custom<Uint8Array>((body) => body instanceof Uint8Array && body.length > 0, 'Send the picture as the body.')
  .meta({ override: { type: 'string', format: 'binary' } })

/** A logo as it was drawn anew. */
export const Logo = z
  .object({
    id: z.uuid(),
    width: z.int().positive(),
    height: z.int().positive(),
    /** Against such a background it needs a plate behind it. */
    vanishesOnLight: z.boolean(),
    vanishesOnDark: z.boolean(),
  })
  .meta({ id: 'OrganizationLogo' })
export type Logo = z.infer<typeof Logo>

const InUse = z.object({ logo: Logo.nullable() })
const tag = 'organizations'
const permission = 'organization.manage'

export const logoRoutes = defineRoutes({
  'GET /organization-logo': {
    summary: 'The logo that stands on papers and before inspectors; null: there is none',
    tag,
    permission,
    response: InUse,
  },
  'POST /organization-logos': {
    summary: 'Send a logo: it is in use from now on',
    description:
      'Decided by content: PNG, JPEG or WebP, drawn anew as a PNG without anything else that was in the file, 800 × 320 pixels at most. SVG is refused: it is ' +
      'a program. The same picture again is the same logo.',
    tag,
    permission,
    accepts: { type: 'application/octet-stream', maxBytes: MOST_BYTES },
    body: LogoBytes,
    response: Logo,
    status: 201,
    refusals: ['files.quota_full', ...unkept],
  },
  'PUT /organization-logo': {
    summary: 'Use one that was sent before, or none',
    description: 'The last ten that were sent are kept, so that taking one away can be undone.',
    tag,
    permission,
    body: z.strictObject({ id: z.uuid().nullable() }),
    response: InUse,
    refusals: ['people.logo_unknown'],
  },
  'GET /organization-logos/{id}': {
    summary: 'A logo, as a PNG',
    tag,
    permission,
    params: IdParams,
    produces: '*/*',
    response: FileAnswer,
  },
})
