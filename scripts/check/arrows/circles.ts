export type Module = { source: string; dependencies: { resolved: string }[] }

type Circle = { rule: { name: string }; from: string; to: string; cycle: { name: string }[] }

const capabilityOf = (file: string) => /^capabilities\/[^/]+(?=\/)/.exec(file)?.[0]
const isTest = (file: string) => /[.]test[.]tsx?$|for-tests[.]ts$/.test(file)

/**
 * Two capabilities that need each other are one, or a third is missing. Their tests may build a whole kitchen out of
 * any of them, so a test's imports do not count.
 */
export function circlesOfCapabilities(modules: Module[]): Circle[] {
  const needs = new Map<string, Set<string>>()
  for (const { source, dependencies } of modules) {
    const from = capabilityOf(source)
    if (!from || isTest(source)) continue
    for (const { resolved } of dependencies) {
      const to = capabilityOf(resolved)
      if (to && to !== from) needs.set(from, (needs.get(from) ?? new Set()).add(to))
    }
  }
  return [...needs].flatMap(([from, direct]) =>
    [...direct]
      .filter((to) => reaches(to, from, needs))
      .map((to) => ({ rule: { name: 'no-circle-of-capabilities' }, from, to, cycle: [{ name: from }, { name: to }] })),
  )
}

function reaches(from: string, to: string, needs: Map<string, Set<string>>, seen = new Set<string>()): boolean {
  if (from === to) return true
  if (seen.has(from)) return false
  seen.add(from)
  return [...(needs.get(from) ?? [])].some((next) => reaches(next, to, needs, seen))
}
