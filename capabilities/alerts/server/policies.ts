import type { ReadTx } from '@opsflow/platform/server/tenant'
import { defaultPolicy } from '../default-policies.ts'
import type { Policy } from '../policy.ts'
import type { Kind, Severity } from '../words.ts'
import { nodesAbove, standingPolicies } from './store-policies.ts'

/** The policy that holds at a location: the nearest that was set, up the tree, else the default. */
export async function policiesFor(tx: ReadTx, places: readonly { locationId: string }[]) {
  const set = await standingPolicies(tx)
  const above = set.length === 0 ? [] : await nodesAbove(tx, [...new Set(places.map(({ locationId }) => locationId))])
  const pathOf = new Map(above.map(({ locationId, groupIds }) => [locationId, groupIds]))
  return (locationId: string, kind: Kind, severity: Severity): Policy => {
    const of = set.filter((one) => one.kind === kind && one.severity === severity)
    const near = [
      of.find((one) => one.locationId === locationId),
      ...(pathOf.get(locationId) ?? []).map((groupId) => of.find((one) => one.groupId === groupId)),
      of.find((one) => one.locationId === null && one.groupId === null),
    ]
    return near.find((one) => one !== undefined)?.policy ?? defaultPolicy(kind, severity)
  }
}
