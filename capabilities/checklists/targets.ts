import { lineOf, type Node } from '@opsflow/capabilities/locations'
import type { Target } from './schedule.ts'

export type TargetPlace = {
  id: string
  groupId: string | null
  kind: string
  attributes: Readonly<Record<string, string>>
}

/** Is a location meant? Named itself or through a group above it (neither named: all), and fit by kind and attributes. */
export function isTargeted(target: Target, place: TargetPlace, groups: readonly Node[]): boolean {
  const { locations, groups: wanted, kinds, attributes } = target
  const isNamed =
    (locations.length === 0 && wanted.length === 0) ||
    locations.includes(place.id) ||
    lineOf(groups, place.groupId).some(({ id }) => wanted.includes(id))
  return (
    isNamed &&
    (kinds.length === 0 || (kinds as readonly string[]).includes(place.kind)) &&
    attributes.every(({ key, values }) => values.includes(place.attributes[key] ?? ''))
  )
}
