/** Merkle trees of RFC 6962 (RFC 9162, section 2): what a log's head commits to, and how anybody checks it. */

export type Hash = (...parts: Uint8Array[]) => Uint8Array

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

export const leafHash = (hash: Hash, leaf: Uint8Array) => hash(LEAF, leaf)
export const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array) => hash(NODE, left, right)

/** Levels of the whole trees that stand side by side in a tree of so many leaves, the largest first. */
export function levelsOf(size: number): number[] {
  const levels: number[] = []
  for (let level = Math.floor(Math.log2(Math.max(size, 1))) + 1; level >= 0; level--) {
    if (Math.floor(size / 2 ** level) % 2 === 1) levels.push(level)
  }
  return levels
}

/** A tree that grows: of what it holds it remembers the roots along its right edge, no more. */
export class Edge {
  readonly #hash: Hash
  readonly #roots: Uint8Array[]
  readonly #levels: number[]
  #size: number

  /** `roots`: of the whole trees that the first `size` leaves make, the largest first. */
  constructor(hash: Hash, size = 0, roots: readonly Uint8Array[] = []) {
    this.#hash = hash
    this.#size = size
    this.#roots = [...roots]
    this.#levels = levelsOf(size)
    if (this.#roots.length !== this.#levels.length) throw new Error(`${size} leaves have ${this.#levels.length} roots`)
  }

  get size() {
    return this.#size
  }

  get roots(): readonly Uint8Array[] {
    return this.#roots
  }

  /** `whole` hears of each whole tree that this leaf completes. */
  push(leaf: Uint8Array, whole: (level: number, place: number, root: Uint8Array) => void = () => undefined) {
    let root = leaf
    let level = 0
    while (this.#levels.at(-1) === level) {
      root = nodeHash(this.#hash, this.#roots.pop() as Uint8Array, root)
      this.#levels.pop()
      level++
      whole(level, Math.floor(this.#size / 2 ** level), root)
    }
    this.#roots.push(root)
    this.#levels.push(level)
    this.#size++
  }

  root(): Uint8Array {
    if (this.#roots.length === 0) return this.#hash()
    return this.#roots.reduceRight((right, left) => nodeHash(this.#hash, left, right))
  }
}

/** The root of the whole tree of 2^level leaves at this place, wherever it is remembered. */
export type NodeAt = (level: number, place: number) => Promise<Uint8Array>

/** The root of leaves [from, to): RFC 6962's MTH over a part of the tree that begins where such a part may begin. */
async function rootOf(hash: Hash, node: NodeAt, from: number, to: number): Promise<Uint8Array> {
  const count = to - from
  const level = Math.floor(Math.log2(count))
  if (2 ** level === count) return node(level, from / count)
  const split = from + 2 ** level
  return nodeHash(hash, await rootOf(hash, node, from, split), await rootOf(hash, node, split, to))
}

/** The largest power of two below a number. */
const halfOf = (count: number) => 2 ** Math.floor(Math.log2(count - 1))

/** RFC 9162, 2.1.3.1: the hashes with which one leaf leads to the root. */
export async function inclusionProof(hash: Hash, node: NodeAt, leaf: number, size: number): Promise<Uint8Array[]> {
  const path = async (from: number, to: number): Promise<Uint8Array[]> => {
    if (to - from === 1) return []
    const split = from + halfOf(to - from)
    return leaf < split
      ? [...(await path(from, split)), await rootOf(hash, node, split, to)]
      : [...(await path(split, to)), await rootOf(hash, node, from, split)]
  }
  return path(0, size)
}

/** RFC 9162, 2.1.4.1: the hashes that show that the tree of `older` leaves is the beginning of that of `size`. */
export async function consistencyProof(hash: Hash, node: NodeAt, older: number, size: number): Promise<Uint8Array[]> {
  const proof = async (from: number, to: number, isWhole: boolean): Promise<Uint8Array[]> => {
    if (older === to) return isWhole ? [] : [await rootOf(hash, node, from, to)]
    const split = from + halfOf(to - from)
    return older <= split
      ? [...(await proof(from, split, isWhole)), await rootOf(hash, node, split, to)]
      : [...(await proof(split, to, false)), await rootOf(hash, node, from, split)]
  }
  return older === 0 || older === size ? [] : proof(0, size, true)
}

/** RFC 9162, 2.1.3.2. */
export function isIncluded(
  hash: Hash,
  given: { leaf: number; size: number; root: Uint8Array; hashOfLeaf: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
  if (given.leaf >= given.size) return false
  let place = given.leaf
  let last = given.size - 1
  let root = given.hashOfLeaf
  for (const sibling of given.proof) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      root = nodeHash(hash, sibling, root)
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2)
        last = Math.floor(last / 2)
      }
    } else root = nodeHash(hash, root, sibling)
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && isSame(root, given.root)
}

/** RFC 9162, 2.1.4.2. */
export function isConsistent(
  hash: Hash,
  older: { size: number; root: Uint8Array },
  newer: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && isSame(older.root, newer.root)
  if (older.size === 0) return proof.length === 0
  const isPower = 2 ** Math.floor(Math.log2(older.size)) === older.size
  const [first, ...rest] = isPower ? [older.root, ...proof] : proof
  if (!first) return false
  let place = older.size - 1
  let last = newer.size - 1
  while (place % 2 === 1) {
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  let olderRoot = first
  let newerRoot = first
  for (const sibling of rest) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      olderRoot = nodeHash(hash, sibling, olderRoot)
      newerRoot = nodeHash(hash, sibling, newerRoot)
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2)
        last = Math.floor(last / 2)
      }
    } else newerRoot = nodeHash(hash, newerRoot, sibling)
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && isSame(olderRoot, older.root) && isSame(newerRoot, newer.root)
}

export const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, n) => byte === b[n])
