import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { Checklist, PastExcuse } from './checklist.ts'
import { NewSchedule, PreviewWanted, Schedule, ScheduleChange, SchedulePreview, ScheduleSummary } from './schedule.ts'

const tag = 'checklists'
const manage = 'checklists.manage'
export const scheduleRefusals = [
  'checklists.template_unknown',
  'checklists.schedule_not_yours',
  'checklists.schedule_changed_meanwhile',
  'checklists.schedule_ended',
  'checklists.location_unknown',
  'checklists.group_unknown',
  'checklists.role_unknown',
] as const

const whole = { type: 'application/json', maxBytes: 512 * 1024 }

export const scheduleRoutes = defineRoutes({
  'GET /checklist-schedules': {
    summary: 'Schedules of checklists, the latest first',
    tag,
    permission: 'checklists.read',
    query: PageQuery.extend({
      templateId: z.uuid().optional(),
      state: z.enum(['running', 'ended', 'any']).default('running'),
    }),
    response: page(ScheduleSummary),
  },
  'GET /checklist-schedules/{id}': {
    summary: 'One schedule',
    tag,
    permission: 'checklists.read',
    params: IdParams,
    response: ScheduleSummary,
  },
  'POST /checklist-schedules': {
    summary: 'Have a checklist done at these places, at these times',
    description:
      'Checklists are made within seconds, a day and a half ahead. Whoever manages only some locations names them in `target.locations`; head office may target groups, kinds and attributes.',
    tag,
    permission: manage,
    accepts: whole,
    body: NewSchedule,
    response: Schedule,
    status: 201,
    refusals: scheduleRefusals,
  },
  'POST /checklist-schedule-previews': {
    summary: 'What a schedule would do, before it is saved',
    tag,
    permission: manage,
    accepts: whole,
    body: PreviewWanted,
    response: SchedulePreview,
    refusals: scheduleRefusals,
  },
  'PATCH /checklist-schedules/{id}': {
    summary: 'Change, pause, resume or end a schedule, or bring it back',
    description: 'Holds for what is due from now on and nobody has begun. The past is never changed.',
    tag,
    permission: manage,
    accepts: whole,
    params: IdParams,
    body: ScheduleChange,
    response: Schedule,
    refusals: scheduleRefusals,
  },
  'POST /checklists/{id}/excuse': {
    summary: 'Excuse a missed checklist, with a reason',
    description:
      'It stays on record as missed. One that stands already is taken back by this, and stays in the history.',
    tag,
    permission: manage,
    params: IdParams,
    body: z.strictObject({ reason: z.string().trim().min(3).max(1000) }),
    response: Checklist,
    refusals: ['checklists.not_missed'],
  },
  'DELETE /checklists/{id}/excuse': {
    summary: 'Take an excuse back',
    tag,
    permission: manage,
    params: IdParams,
    response: Checklist,
    refusals: ['checklists.not_excused'],
  },
  'GET /checklists/{id}/excuses': {
    summary: 'Every excuse of a checklist, those that were taken back too, the latest first',
    tag,
    permission: 'checklists.read',
    params: IdParams,
    response: z.object({ items: z.array(PastExcuse) }),
  },
})
