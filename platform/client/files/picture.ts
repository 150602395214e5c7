// What can be said of a picture by its pixels alone. Pure: the canvas is drawn elsewhere.

/** Enough to read a label by; a thirtieth of what a phone's camera makes. */
export const LONGEST_EDGE = 2048
/** Large enough to tell a blur from a smooth wall, small enough for a slow phone. */
export const JUDGED_EDGE = 512

export type Warning = 'blurred' | 'dark'

/** The largest size within a square of `edge` that keeps the proportions; never larger than it is. */
export function within(width: number, height: number, edge: number): { width: number; height: number } {
  const scale = Math.min(1, edge / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Below, edges are washed out as by a moved hand: the variance of the Laplacian of brightness (Pech-Pacheco 2000). */
const SHARP_ENOUGH = 60
/** Mean brightness of 255: below, a reader sees a dark field. */
const BRIGHT_ENOUGH = 40

/** What a person may want to take again. Pixels are RGBA, a row after the other. */
export function warningsOf(pixels: Uint8ClampedArray, width: number, height: number): Warning[] {
  const light = brightness(pixels, width * height)
  const warnings: Warning[] = []
  if (mean(light) < BRIGHT_ENOUGH) warnings.push('dark')
  // In the dark nothing has edges: one thing is said, and it is the right one.
  else if (laplacianVariance(light, width, height) < SHARP_ENOUGH) warnings.push('blurred')
  return warnings
}

function brightness(pixels: Uint8ClampedArray, count: number): Float32Array {
  const light = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    light[i] = 0.299 * (pixels[i * 4] ?? 0) + 0.587 * (pixels[i * 4 + 1] ?? 0) + 0.114 * (pixels[i * 4 + 2] ?? 0)
  }
  return light
}

function mean(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return values.length === 0 ? 0 : sum / values.length
}

function laplacianVariance(light: Float32Array, width: number, height: number): number {
  let sum = 0
  let squares = 0
  let count = 0
  const at = (i: number) => light[i] ?? 0
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const edge = at(i - 1) + at(i + 1) + at(i - width) + at(i + width) - 4 * at(i)
      sum += edge
      squares += edge * edge
      count++
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2
}
