import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GroupName } from './location-group.ts'
import { branchOf, DEEPEST, lineOf, pathOf, refusedMove } from './place-tree.ts'

const chain = [
  { id: 'east', parentId: null, name: 'East' },
  { id: 'jersey', parentId: 'east', name: 'New Jersey' },
  { id: 'shore', parentId: 'jersey', name: 'Shore' },
  { id: 'west', parentId: null, name: 'West' },
]

test('a group is found by the names on the way to it', () => {
  expect(pathOf(chain, 'shore')).toBe('East > New Jersey > Shore')
  expect(pathOf(chain, null)).toBe('')
  expect(GroupName.safeParse('East > West').success).toBe(false)
})

test('a branch is a group with all below it, a line the group with all above it', () => {
  expect(branchOf(chain, 'east').map(({ id }) => id)).toEqual(['east', 'jersey', 'shore'])
  expect(lineOf(chain, 'shore').map(({ id }) => id)).toEqual(['shore', 'jersey', 'east'])
})

test('nothing moves into itself or below itself', () => {
  expect(refusedMove(chain, 'east', 'shore')).toBe('into_itself')
  expect(refusedMove(chain, 'east', 'east')).toBe('into_itself')
  expect(refusedMove(chain, 'jersey', 'west')).toBeNull()
  expect(refusedMove(chain, 'shore', null)).toBeNull()
})

test('a tree grows eight deep and no deeper', () => {
  const deep = Array.from({ length: DEEPEST }, (_, n) => ({ id: `${n}`, parentId: n === 0 ? null : `${n - 1}` }))
  expect(refusedMove(deep, null, `${DEEPEST - 2}`)).toBeNull()
  expect(refusedMove(deep, null, `${DEEPEST - 1}`)).toBe('too_deep')
  const beside = [...deep, { id: 'a', parentId: null }, { id: 'b', parentId: 'a' }]
  expect(refusedMove(beside, 'a', `${DEEPEST - 3}`)).toBeNull()
  expect(refusedMove(beside, 'a', `${DEEPEST - 2}`)).toBe('too_deep')
})

test('whatever moves are made, every group still hangs at the organization, and none too deep', () => {
  const ids = Array.from({ length: 12 }, (_, n) => `${n}`)
  const place = fc.option(fc.constantFrom(...ids), { nil: null })
  const moves = fc.array(fc.tuple(fc.constantFrom(...ids), place), { maxLength: 60 })
  fc.assert(
    fc.property(moves, (wanted) => {
      const tree = ids.map((id) => ({ id, parentId: null as string | null }))
      for (const [branch, under] of wanted) {
        const group = tree.find(({ id }) => id === branch)
        if (group && refusedMove(tree, branch, under) === null) group.parentId = under
      }
      for (const { id } of tree) {
        const line = lineOf(tree, id)
        expect(line.at(-1)?.parentId).toBeNull()
        expect(line.length).toBeLessThanOrEqual(DEEPEST)
      }
    }),
  )
})
