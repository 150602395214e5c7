import { expect } from 'vitest'
import type { RenderedPage } from './rendered.for-tests.ts'

/** Of every paper, in points. */
export const MARGIN = 48

/** Nothing lies outside the margins: neither words nor lines. */
export function expectClearMargins({ width, height, texts, ink }: RenderedPage) {
  expect(ink({ left: 0, top: 8, width: MARGIN - 4, height: height - 8 })).toBe(0)
  expect(ink({ left: width - MARGIN + 6, top: 8, width: MARGIN - 6, height: height - 8 })).toBe(0)
  expect(ink({ left: 0, top: 8, width, height: MARGIN - 12 })).toBe(0)
  for (const { left, width: wide } of texts) expect(left + wide).toBeLessThanOrEqual(width - MARGIN + 2)
}

/** No run of text lies on another. */
export function expectNothingOnAnother({ texts }: RenderedPage) {
  const overlapping = texts.flatMap((one, n) =>
    texts
      .slice(n + 1)
      .filter(
        (other) =>
          one.left + 0.5 < other.left + other.width &&
          other.left + 0.5 < one.left + one.width &&
          one.top + 2 < other.top + other.height &&
          other.top + 2 < one.top + one.height,
      )
      .map((other) => `${one.text} / ${other.text}`),
  )
  expect(overlapping).toEqual([])
}
