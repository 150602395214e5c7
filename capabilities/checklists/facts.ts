import { defineFact, scopeRoom } from '@opsflow/platform/fact'
import { z } from 'zod'

/** A template was made, saved, published or put away: whoever has it on the screen looks again. */
export const templateChanged = defineFact({
  name: 'checklists.template_changed',
  event: 'poke',
  schema: z.object({ organizationId: z.uuid(), templateId: z.uuid() }),
  scope: (fact) => fact.organizationId,
  room: (fact) => scopeRoom(fact.organizationId),
})
