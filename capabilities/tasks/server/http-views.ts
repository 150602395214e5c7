import { notFound, refuse } from '@opsflow/platform/refusal'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { MOST_VIEWS, taskViewRoutes } from '../view-routes.ts'
import { deleteView, saveView, viewsOf } from './store-views.ts'

/** Saved lists are their member's own: nobody else sees, changes or counts them. */
export const taskViewImplementations = (): Implementation[] =>
  implement(taskViewRoutes, {
    'GET /task-views': ({ actor, read }) => read(async (tx) => ({ items: await viewsOf(tx, actor.id) })),
    'POST /task-views': ({ actor, body, write }) =>
      write(async (tx) => {
        const known = await viewsOf(tx, actor.id)
        if (known.length >= MOST_VIEWS && !known.some(({ name }) => name === body.name)) {
          refuse('conflict', 'tasks.too_many_views', { detail: `At most ${MOST_VIEWS} lists. Forget one first.` })
        }
        return saveView(tx, actor.id, body)
      }),
    'DELETE /task-views/{id}': ({ actor, params, write }) =>
      write(async (tx) => ((await deleteView(tx, actor.id, params.id)) ? undefined : notFound())),
  })
