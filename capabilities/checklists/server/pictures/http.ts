import { notFound } from '@opsflow/platform/refusal'
import type { FileParts } from '@opsflow/platform/server/files/receive'
import { serveFile } from '@opsflow/platform/server/files/serve'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { pictureRoutes } from '../../picture-routes.ts'
import { addPicture } from './add-picture.ts'
import { ONE_PICTURE, type PictureRow } from './store.ts'

export const pictureImplementations = (files: FileParts): Implementation[] =>
  implement(pictureRoutes, {
    'POST /checklist-pictures': ({ actor, body }) => addPicture(actor, files, body),
    'GET /checklist-pictures/{id}': async ({ actor, params, query, http, readOne }) => {
      const [picture] = await readOne<PictureRow>(ONE_PICTURE, [actor.organizationId, params.id])
      if (!picture) return notFound()
      return serveFile(files.storage, actor, picture, query.variant, http.setHeader)
    },
  })
