import { type Chain, harborAndVine, juniperStreet } from './chain.ts'
import { type TenantPlan, tenantPlan } from './plan.ts'
import { chainRoster, DEMO_PASSWORD, dinerRoster, type Person } from './roster.ts'

/** A tenant of the demo: what it is called in its note, and its plan for a history that ends at an instant. */
export type DemoChain = { key: string; people: readonly Person[]; plan: (end: number) => TenantPlan }

export const chains: readonly DemoChain[] = [
  demoChain(harborAndVine, chainRoster(harborAndVine)),
  demoChain(juniperStreet, dinerRoster(juniperStreet)),
]

export function demoChain(chain: Chain, people: readonly Person[]): DemoChain {
  return { key: chain.key, people, plan: (end) => tenantPlan(chain, people, end) }
}

/** What a newcomer signs in as; printed at the end of every start. */
export const signIns = [
  { who: 'Admin of both brands', email: `admin@${harborAndVine.domain}`, password: DEMO_PASSWORD },
  { who: 'Manager of two stores', email: `manager@${harborAndVine.domain}`, password: DEMO_PASSWORD },
  { who: 'District manager in the east', email: `district@${harborAndVine.domain}`, password: DEMO_PASSWORD },
  { who: 'Team member of one store', email: `team@${harborAndVine.domain}`, password: DEMO_PASSWORD },
  { who: 'Admin of another customer', email: `admin@${juniperStreet.domain}`, password: DEMO_PASSWORD },
]
