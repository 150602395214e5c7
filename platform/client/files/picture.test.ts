import { expect, test } from 'vitest'
import { warningsOf, within } from './picture.ts'

const W = 96
const H = 64
const drawn = (lightAt: (x: number, y: number) => number) => {
  const pixels = new Uint8ClampedArray(W * H * 4).fill(255)
  for (let i = 0; i < W * H; i++) pixels.fill(lightAt(i % W, Math.floor(i / W)), i * 4, i * 4 + 3)
  return pixels
}
const label = (x: number) => (Math.floor(x / 4) % 2 === 0 ? 30 : 220)
/** The same label as a hand that moved saw it. */
const smeared = (x: number) => {
  let sum = 0
  for (let by = -12; by <= 12; by++) sum += label(x + by + 96)
  return sum / 25
}

test('a printed label is sharp', () => expect(warningsOf(drawn(label), W, H)).toEqual([]))
test('the same label from a moved hand is blurred', () => expect(warningsOf(drawn(smeared), W, H)).toEqual(['blurred']))
test('in the dark only that is said', () =>
  expect(
    warningsOf(
      drawn((x) => label(x) / 12),
      W,
      H,
    ),
  ).toEqual(['dark']))
test('a picture without a pixel is no reason to fail', () =>
  expect(warningsOf(new Uint8ClampedArray(), 0, 0)).toEqual(['dark']))

test.each([
  [4032, 3024, 2048, 1536],
  [3024, 4032, 1536, 2048],
  [800, 600, 800, 600],
  [10_000, 1, 2048, 1],
])('%i × %i becomes %i × %i', (width, height, w, h) =>
  expect(within(width, height, 2048)).toEqual({ width: w, height: h }),
)
