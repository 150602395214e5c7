import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entryKind, MOST_ENTRIES, packProblem } from './pack-entry.ts'

test.each([
  ['export/audit_1.json', { kind: 'export' }],
  ['export/media/C7A2D8C4-3A17.JPG', { kind: 'media', id: 'c7a2d8c4-3a17' }],
  ['c7a2d8c4-3a17', { kind: 'media', id: 'c7a2d8c4-3a17' }],
  ['media/', { kind: 'other' }],
  ['.DS_Store', { kind: 'other' }],
  ['__MACOSX/media/._a.jpg', { kind: 'other' }],
  ['more.ZIP', { kind: 'archive' }],
  ['more.tar.gz', { kind: 'archive' }],
])('%s', (name, kind) => expect(entryKind(name)).toEqual(kind))

const entry = fc.record({
  name: fc.constantFrom('a.json', 'p.jpg', 'q.png'),
  packedBytes: fc.nat(5_000_000),
  bytes: fc.nat(500_000_000),
  isEncrypted: fc.constant(false),
})

test('what is taken never unpacks to more than a gigabyte, nor any large entry to a hundred times its size', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), fc.nat(100_000_000), (entries, fileBytes) => {
      if (packProblem(entries, fileBytes) !== null) return
      const sum = (of: 'bytes' | 'packedBytes') => entries.reduce((all, one) => all + one[of], 0)
      expect(sum('bytes')).toBeLessThanOrEqual(1024 ** 3)
      expect(sum('packedBytes')).toBeLessThanOrEqual(fileBytes)
      for (const { bytes, packedBytes } of entries) expect(bytes <= 1024 ** 2 || bytes <= packedBytes * 100).toBe(true)
    }),
  )
})

test('photos as cameras make them are taken, however many fit', () => {
  const photos = Array.from({ length: MOST_ENTRIES }, (_, n) => ({
    ...{ name: `${n}.jpg`, packedBytes: 50_000, bytes: 51_000, isEncrypted: false },
  }))
  expect(packProblem(photos, 256 * 1024 * 1024)).toBeNull()
  expect(packProblem([...photos, ...photos.slice(0, 1)], 256 * 1024 * 1024)).toBe('zip_too_many')
})
