import type { HaccpPlan } from '@opsflow/capabilities/haccp'
import { beginPlan, signPlan, writePlan } from '@opsflow/capabilities/haccp/server'
import type { Database } from '@opsflow/platform/server/tenant'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { crewMember, type Opened } from './found-chain.ts'

const DAY = 24 * 60 * 60_000

/**
 * The kitchen's HACCP plan, tied to its units and schedules: signed weeks ago, and once more since, for a menu that changed.
 * To be made when its days are: a schedule is known by what it asked for.
 */
export async function signHaccpPlan(app: Database, location: Opened, end: number): Promise<void> {
  const { id: locationId, verifier } = location
  const daysAgo = (days: number) => new Date(end - days * DAY).toISOString()
  await app.write(verifier, async (tx) => {
    const begun = await beginPlan(tx, { locationId, name: 'Kitchen', from: 'restaurant', language: 'en' })
    const named = await writePlan(tx, begun.id, begun.revision, inThisKitchen(begun, location, daysAgo(42)))
    await signPlan(tx, begun.id, { revision: named.revision, note: 'First plan', at: daysAgo(41) })
    const changed = await writePlan(tx, begun.id, named.revision, withSesame(named))
    await signPlan(tx, begun.id, { revision: changed.revision, note: 'New dressings with sesame', at: daysAgo(9) })
  })
}

/** Who is in the team, and who walked the line with the diagram. */
function inThisKitchen({ draft }: HaccpPlan, location: Opened, on: string): HaccpPlan['draft'] {
  const names = [location.verifier.name, crewMember(location, 0).name]
  return {
    ...draft,
    team: draft.team.map((one, n) => ({ ...one, name: names[n] ?? location.verifier.name })),
    confirmation: { by: location.verifier.name, on: on.slice(0, 10) },
  }
}

function withSesame({ draft }: HaccpPlan): HaccpPlan['draft'] {
  return {
    ...draft,
    products: draft.products.map((one, n) =>
      n === draft.products.length - 1 ? { ...one, allergens: 'Eggs, milk, nuts, fish, sesame: see the list.' } : one,
    ),
    verifications: [
      ...draft.verifications,
      { id: uuid7(), what: 'Read the labels of dressings', every: 'At each delivery', who: 'Kitchen manager' },
    ],
  }
}
