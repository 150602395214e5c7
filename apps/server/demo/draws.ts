/** Chance that is the same on every machine: a stream of numbers that follows from its name. */
export type Draws = {
  /** In [0, 1). */
  next: () => number
  between: (range: readonly [number, number]) => number
  whole: (range: readonly [number, number]) => number
  oneOf: <T>(of: readonly T[]) => T
  isLucky: (share: number) => boolean
}

export function draws(name: string): Draws {
  let state = seedOf(name)
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = ([least, most]: readonly [number, number]) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    whole,
    between: ([low, high]) => low + (high - low) * next(),
    oneOf: (of) => of[whole([0, of.length - 1])] as (typeof of)[number],
    isLucky: (share) => next() < share,
  }
}

/** FNV-1a: a number of 32 bits that follows from the text. */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5
  for (let letter = 0; letter < name.length; letter++) hash = Math.imul(hash ^ name.charCodeAt(letter), 0x01000193)
  return hash | 0
}
