import { NamedPhoto } from '@opsflow/capabilities/evidence'
import { unkept } from '@opsflow/platform/files'
import { defineRoutes, FileAnswer, IdParams } from '@opsflow/platform/route'
import { z } from 'zod'

/** A phone makes it a tenth of that before it sends it. */
const MOST_BYTES = 4 * 1024 * 1024
const PictureBytes = z
  .custom<Uint8Array>((body) => body instanceof Uint8Array && body.length > 0, 'Send the picture as the body.')
  .meta({ override: { type: 'string', format: 'binary' } })

export const pictureRoutes = defineRoutes({
  'POST /checklist-pictures': {
    summary: 'Add a picture that items of checklists can show',
    description:
      'It belongs to the organization. Decided by content: JPEG, PNG or WebP, drawn anew without its metadata, 1,600 pixels at most. ' +
      'Give the answer as `picture` of an item. The same bytes again are the same picture.',
    tag: 'checklists',
    permission: 'checklists.manage',
    accepts: { type: 'application/octet-stream', maxBytes: MOST_BYTES },
    body: PictureBytes,
    response: NamedPhoto,
    status: 201,
    refusals: ['files.quota_full', ...unkept],
  },
  'GET /checklist-pictures/{id}': {
    summary: 'A picture of a checklist, or its thumbnail',
    tag: 'checklists',
    permission: 'checklists.read',
    params: IdParams,
    query: z.strictObject({ variant: z.enum(['full', 'thumbnail']).default('full') }),
    produces: '*/*',
    response: FileAnswer,
  },
})
