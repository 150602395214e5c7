import { cursorKeys, isUuid, pageOf } from '@opsflow/platform/server/http/cursor'
import { type Implementation, implement } from '@opsflow/platform/server/http/implement'
import { scheduleRoutes } from '../../schedule-routes.ts'
import { changeSchedule, makeSchedule, previewSchedule } from './change-schedule.ts'
import { excuseChecklist, excusesOf, takeExcuseBack } from './excuse.ts'
import { showSchedule, showSchedules } from './show-schedules.ts'

export const scheduleImplementations = (): Implementation[] =>
  implement(scheduleRoutes, {
    'GET /checklist-schedules': async ({ query: { templateId, state, cursor, limit }, read }) => {
      const below = cursorKeys(cursor, isUuid)?.[0]
      return pageOf(await read((tx) => showSchedules(tx, { templateId, state, below }, limit)), limit, ({ id }) => [id])
    },
    'GET /checklist-schedules/{id}': ({ params, read }) => read((tx) => showSchedule(tx, params.id)),
    'POST /checklist-schedules': ({ body, write }) => write((tx) => makeSchedule(tx, body)),
    'POST /checklist-schedule-previews': ({ body, read }) => read((tx) => previewSchedule(tx, body)),
    'PATCH /checklist-schedules/{id}': ({ params, body, write }) => write((tx) => changeSchedule(tx, params.id, body)),
    'POST /checklists/{id}/excuse': ({ params, body, write }) =>
      write((tx) => excuseChecklist(tx, params.id, body.reason)),
    'DELETE /checklists/{id}/excuse': ({ params, write }) => write((tx) => takeExcuseBack(tx, params.id)),
    'GET /checklists/{id}/excuses': ({ params, read }) =>
      read(async (tx) => ({ items: await excusesOf(tx, params.id) })),
  })
