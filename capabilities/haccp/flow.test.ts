import fc from 'fast-check'
import { expect, test } from 'vitest'
import { after, circle, inFlow, rowsOf } from './flow.ts'

const steps = (count: number) => Array.from({ length: count }, (_, n) => ({ id: String(n) }))
const graph = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.record({
    steps: fc.constant(steps(count)),
    arrows: fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: count - 1 }), fc.integer({ min: 0, max: count - 1 }))
        .map(([from, to]) => ({ from: String(from), to: String(to) })),
      { maxLength: 30 },
    ),
  }),
)

test('each step is drawn once, below all that lead to it, unless they go in a circle', () => {
  fc.assert(
    fc.property(graph, (given) => {
      const rows = rowsOf(given.steps, given.arrows)
      expect(rows.flat().toSorted((one, other) => Number(one.id) - Number(other.id))).toEqual(given.steps)
      if (circle(given.steps, given.arrows) !== undefined) return
      const rowOf = (id: string) => rows.findIndex((row) => row.some((one) => one.id === id))
      for (const { from, to } of given.arrows) expect(rowOf(from)).toBeLessThan(rowOf(to))
    }),
  )
})

test('sixty steps with all their arrows are drawn at once', () => {
  const many = steps(60)
  const all = many.flatMap((from, n) => many.slice(n + 1).map((to) => ({ from: from.id, to: to.id })))
  expect(rowsOf(many, all)).toHaveLength(60)
})

test('a circle is found', () => {
  const arrows = [
    { from: '0', to: '1' },
    { from: '1', to: '2' },
    { from: '2', to: '1' },
  ]
  expect(circle(steps(3), arrows)).toBe('1')
  expect(circle(steps(3), arrows.slice(0, 2))).toBeUndefined()
  expect(inFlow(steps(3), arrows).map(({ id }) => id)).toEqual(['0', '1', '2'])
  expect([...after(arrows, '0')].sort()).toEqual(['1', '2'])
})
