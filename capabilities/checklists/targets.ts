import { lineOf, type Node } from '@opsflow/capabilities/locations'
import type { Target } from './schedule.ts'

export type TargetPlace = {
  id: string
  groupId: string | null
  kind: string
  attributes: Readonly<Record<string, string>>
}

/**
 * Is a location meant? Named itself or through a group above it (neither named: all), and fit by kind and attributes.
 * For many schedules and locations at once: each group's way up the tree is looked for once.
 */
export function targeting(groups: readonly Node[]): (target: Target) => (place: TargetPlace) => boolean {
  const lines = new Map<string, string[]>()
  const lineTo = (groupId: string) => {
    const known = lines.get(groupId) ?? lineOf(groups, groupId).map(({ id }) => id)
    lines.set(groupId, known)
    return known
  }
  return ({ locations, groups: wanted, kinds, attributes }) => {
    const [named, above] = [new Set(locations), new Set(wanted)]
    const isEverywhere = named.size === 0 && above.size === 0
    return ({ id, groupId, kind, attributes: has }) =>
      (isEverywhere ||
        named.has(id) ||
        (above.size > 0 && groupId !== null && lineTo(groupId).some((group) => above.has(group)))) &&
      (kinds.length === 0 || (kinds as readonly string[]).includes(kind)) &&
      attributes.every(({ key, values }) => values.includes(has[key] ?? ''))
  }
}
