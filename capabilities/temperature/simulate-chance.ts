/** A number in [0, 1) that depends on nothing but its arguments: the same on every machine, in any order. */
export function chance(seed: number, of: string, index: number): number {
  let hash = (seed | 0) ^ 0x9e3779b9
  for (let letter = 0; letter < of.length; letter++) hash = Math.imul(hash ^ of.charCodeAt(letter), 0x01000193)
  hash = Math.imul(hash ^ Math.trunc(index), 0x85ebca6b) ^ Math.imul(Math.trunc(index / 4_294_967_296), 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296
}

/** Between two bounds, evenly. */
export const between = ([low, high]: readonly [number, number], seed: number, of: string, index: number): number =>
  low + (high - low) * chance(seed, of, index)
