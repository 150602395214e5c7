/** Of two states, the fields that differ; null when none does. */
export function difference<State extends object>(before: State, after: State) {
  const names = (Object.keys(after) as (keyof State)[]).filter((name) => text(before[name]) !== text(after[name]))
  if (names.length === 0) return null
  const only = (state: State) => Object.fromEntries(names.map((name) => [name, state[name]]))
  return { before: only(before), after: only(after) }
}

/** Fields by name: PostgreSQL keeps those of an object in an order of its own. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  ) ?? ''
