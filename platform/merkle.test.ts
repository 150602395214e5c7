import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consistencyProof, Edge, type Hash, inclusionProof, isConsistent, isIncluded, leafHash } from './merkle.ts'

const hash: Hash = (...parts) => {
  const sha256 = createHash('sha256')
  for (const part of parts) sha256.update(part)
  return sha256.digest()
}
const leaves = (count: number) => Array.from({ length: count }, (_, n) => leafHash(hash, Buffer.from(`leaf ${n}`)))

/** RFC 6962, 2.1, word for word. */
function mth(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return hash()
  if (hashes.length === 1) return hashes[0] as Uint8Array
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return hash(Uint8Array.of(1), mth(hashes.slice(0, k)), mth(hashes.slice(k)))
}

const treeOf = (hashes: readonly Uint8Array[]) => {
  const edge = new Edge(hash)
  for (const leaf of hashes) edge.push(leaf)
  return edge
}
const nodesIn = (hashes: readonly Uint8Array[]) => async (level: number, place: number) =>
  mth(hashes.slice(place * 2 ** level, (place + 1) * 2 ** level))

describe('a Merkle tree', () => {
  test('has the roots of the vectors of RFC 6962’s reference', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    const roots = inputs.map((_, n) =>
      treeOf(inputs.slice(0, n + 1).map((hex) => leafHash(hash, Buffer.from(hex, 'hex')))).root(),
    )
    expect(Buffer.from(roots[0] ?? []).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    )
    expect(Buffer.from(roots[2] ?? []).toString('hex')).toBe(
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    )
    expect(Buffer.from(roots[7] ?? []).toString('hex')).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    )
  })

  test('that grows leaf by leaf, or goes on from its edge, has the root of the definition', () => {
    fc.assert(
      fc.property(fc.nat(130), fc.nat(130), (first, more) => {
        const all = leaves(first + more)
        const begun = treeOf(all.slice(0, first))
        const edge = new Edge(hash, first, begun.roots)
        for (const leaf of all.slice(first)) edge.push(leaf)
        expect(edge.root()).toEqual(mth(all))
      }),
    )
  })

  test('proves each leaf, and no other one', async () => {
    for (const size of [1, 2, 3, 7, 8, 31, 70]) {
      const all = leaves(size)
      const root = mth(all)
      for (let leaf = 0; leaf < size; leaf++) {
        const proof = await inclusionProof(hash, nodesIn(all), leaf, size)
        expect(isIncluded(hash, { leaf, size, root, hashOfLeaf: all[leaf] as Uint8Array, proof })).toBe(true)
        const another = leafHash(hash, Buffer.from('another'))
        expect(isIncluded(hash, { leaf, size, root, hashOfLeaf: another, proof })).toBe(false)
        if (size > 1) {
          expect(
            isIncluded(hash, { leaf: (leaf + 1) % size, size, root, hashOfLeaf: all[leaf] as Uint8Array, proof }),
          ).toBe(false)
        }
      }
    }
  })

  test('proves that it only grew, and cannot when it was changed', async () => {
    for (let newer = 1; newer <= 40; newer++) {
      const all = leaves(newer)
      for (let older = 1; older <= newer; older++) {
        const proof = await consistencyProof(hash, nodesIn(all), older, newer)
        const heads = [
          { size: older, root: mth(all.slice(0, older)) },
          { size: newer, root: mth(all) },
        ] as const
        expect(isConsistent(hash, ...heads, proof)).toBe(true)
        const rewritten = {
          size: older,
          root: mth(all.slice(0, older).with(0, leafHash(hash, Buffer.from('rewritten')))),
        }
        expect(isConsistent(hash, rewritten, heads[1], proof)).toBe(false)
      }
    }
  })
})
