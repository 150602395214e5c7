import type { Presence } from './presence.ts'

/** The one that says most: that they were there, before what is still looked at, before what did not show it; then the latest. */
export function presenceShown(presences: readonly Presence[] = []): Presence | undefined {
  const rank = ({ verdict }: Presence) => (verdict === 'here' ? 0 : verdict === 'unchecked' ? 1 : 2)
  return presences.toSorted((one, other) => rank(one) - rank(other) || Date.parse(other.at) - Date.parse(one.at))[0]
}

const DIGITS = /^[0-9A-HJKMNP-TV-Z]{20}$/

/** The code in what was scanned or typed: an address with it, or its digits however they are written. Null: none. */
export function codeIn(text: string): string | null {
  const inAddress = /[?&]code=([^&#\s]+)/.exec(text)?.[1]
  const digits = (inAddress ?? text).replaceAll(/[\s-]/g, '').toUpperCase()
  // Crockford: what looks like another digit is read as it.
  const read = digits.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return DIGITS.test(read) ? read : null
}
