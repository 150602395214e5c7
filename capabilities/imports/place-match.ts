import type { GivenPlace } from '@opsflow/capabilities/audits'

/** A location of ours, as far as it can be known again in a file. */
export type OurPlace = {
  id: string
  name: string
  code: string | null
  address: string
  attributes: Record<string, string>
}

/** Why one is proposed, the surest first. A person confirms it: a street holds more than one restaurant. */
export type MatchReason = 'licence' | 'address' | 'name'
export type Match = { locationId: string; reason: MatchReason }

/** Proposes which of our locations a file's place may be. Built once for a file, asked for each of its places. */
export function placeMatcher(ours: readonly OurPlace[]): (place: GivenPlace) => Match | null {
  const licences = indexOf(ours, ({ code, attributes }) => [code ?? '', ...Object.values(attributes)].map(plain))
  const addresses = indexOf(ours, ({ address }) => [streetOf(address)])
  const names = indexOf(ours, ({ name }) => [plain(name)])
  return ({ licence, address, name }) => {
    const told = (found: string | undefined, reason: MatchReason) => (found ? { locationId: found, reason } : null)
    return (
      told(licences.get(plain(licence)), 'licence') ??
      told(addresses.get(streetOf(address)), 'address') ??
      told(names.get(plain(name)), 'name')
    )
  }
}

/** By key, where it is one location's alone: of two nobody knows which. */
function indexOf(ours: readonly OurPlace[], keysOf: (one: OurPlace) => string[]): Map<string, string> {
  const found = new Map<string, Set<string>>()
  for (const one of ours) {
    for (const key of keysOf(one)) if (key.length >= 3) found.set(key, (found.get(key) ?? new Set()).add(one.id))
  }
  return new Map([...found].flatMap(([key, ids]) => (ids.size === 1 ? [[key, [...ids][0] as string] as const] : [])))
}

const SHORT: Record<string, string> = {
  ...{ street: 'st', avenue: 'ave', av: 'ave', boulevard: 'blvd', road: 'rd', drive: 'dr', place: 'pl', lane: 'ln' },
  ...{ north: 'n', south: 's', east: 'e', west: 'w', parkway: 'pkwy', highway: 'hwy', square: 'sq', court: 'ct' },
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Number and street of an address, as both sides may write it: `4001 W Fullerton Avenue, Chicago` → `4001 w fullerton ave`. */
function streetOf(address: string): string {
  const [first = ''] = address.split(/[,\n]/).filter((part) => /\d/.test(part))
  const words = plain(first)
    .split(' ')
    .map((word) => SHORT[word] ?? word)
  return /^\d/.test(words[0] ?? '') && words.length > 1 ? words.join(' ') : ''
}
