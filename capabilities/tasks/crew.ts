import { z } from 'zod'

const Named = { id: z.uuid(), name: z.string() }

/** Who can be given work at a location, by name, as devices hold it. */
export const Crew = z.object({
  locationId: z.uuid(),
  /** `leads`: can be given the manager’s duty. */
  people: z.array(z.object({ ...Named, leads: z.boolean() })),
  /** The organization's own; the built-in ones are known. */
  roles: z.array(z.object(Named)),
})
export type Crew = z.infer<typeof Crew>
