import { expect, test } from 'vitest'
import { drawnTo, isDrawn, pathsOf, pointIn, type Stroke, widthOn } from './drawing.ts'

const from = (tool: Stroke['tool']): Stroke => ({ tool, colour: 'danger', points: [{ x: 100, y: 100 }] })
const to = (stroke: Stroke, ...points: [number, number][]) =>
  points.reduce((drawn, [x, y]) => drawnTo(drawn, { x, y }), stroke)

test('a pen keeps its way, an arrow and a circle only where they began and where they are', () => {
  expect(to(from('pen'), [110, 100], [120, 100]).points).toHaveLength(3)
  for (const tool of ['arrow', 'circle'] as const) {
    expect(to(from(tool), [110, 100], [200, 150]).points).toEqual([
      { x: 100, y: 100 },
      { x: 200, y: 150 },
    ])
  }
})

test('an arrow points where the finger let go, with both barbs behind its tip', () => {
  const [shaft, head] = pathsOf(to(from('arrow'), [300, 100]), 5)
  expect(shaft).toMatchObject({ points: [{ x: 100 }, { x: 300 }] })
  if (head?.kind !== 'line') throw new Error('no head')
  const [left, tip, right] = head.points
  expect(tip).toEqual({ x: 300, y: 100 })
  expect(left?.x).toBeLessThan(300)
  expect(left?.x).toBeCloseTo(right?.x ?? 0)
  expect((left?.y ?? 0) + (right?.y ?? 0)).toBeCloseTo(200)
})

test('a circle lies around what was marked, whichever corner it was begun in', () => {
  const around = { kind: 'ellipse', at: { x: 150, y: 125 }, rx: 50, ry: 25 }
  expect(pathsOf(to(from('circle'), [200, 150]), 5)).toEqual([around])
  expect(pathsOf(to({ ...from('circle'), points: [{ x: 200, y: 150 }] }, [100, 100]), 5)).toEqual([around])
})

test('a tap of the pen is a dot; an arrow or a circle that was only touched is nothing', () => {
  expect(isDrawn(from('pen'), 5)).toBe(true)
  expect(pathsOf(from('pen'), 5)).toEqual([
    {
      kind: 'line',
      points: [
        { x: 100, y: 100 },
        { x: 100, y: 100 },
      ],
    },
  ])
  expect(isDrawn(to(from('arrow'), [103, 100]), 5)).toBe(false)
  expect(isDrawn(to(from('circle'), [180, 100]), 5)).toBe(true)
})

test('a finger is found in the photo’s own pixels, and beside it at its edge', () => {
  const shown = { left: 10, top: 20, width: 200, height: 100 }
  const size = { width: 2000, height: 1000 }
  expect(pointIn({ x: 110, y: 70 }, shown, size)).toEqual({ x: 1000, y: 500 })
  expect(pointIn({ x: 0, y: 500 }, shown, size)).toEqual({ x: 0, y: 1000 })
  expect(widthOn(size)).toBe(13)
  expect(widthOn({ width: 100, height: 100 })).toBe(4)
})
