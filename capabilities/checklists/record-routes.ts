import { defineRoutes, FileAnswer, IdParams } from '@opsflow/platform/route'
import { z } from 'zod'

const tag = 'checklists'
const permission = 'checklists.read'
/** A sheet is read by people without an account: its language is asked for. */
const query = z.strictObject({ language: z.enum(['en', 'es']).default('en') })

export const recordRoutes = defineRoutes({
  'GET /checklists/{id}/record.pdf': {
    summary: 'The record of a checklist on paper, with its photos and signatures',
    tag,
    permission,
    params: IdParams,
    query,
    produces: '*/*',
    response: FileAnswer,
  },
  'GET /checklists/{id}/record.csv': {
    summary: 'Every answer of a checklist as a row, those that no longer count too',
    tag,
    permission,
    params: IdParams,
    query,
    produces: 'text/csv',
    response: z.string(),
  },
})
