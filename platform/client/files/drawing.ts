// What is drawn on a photo: strokes in the photo's own pixels. Pure: the canvas is elsewhere.

export const TOOLS = ['pen', 'arrow', 'circle'] as const
export type Tool = (typeof TOOLS)[number]
export type Point = { x: number; y: number }
/** A pen's way; of an arrow where it begins and its tip; of a circle two corners of what it lies around. */
export type Stroke<Colour extends string = string> = { tool: Tool; colour: Colour; points: readonly Point[] }

/** Thick enough to be seen on a phone, whatever the photo's size. */
export const widthOn = (size: { width: number; height: number }) =>
  Math.max(4, Math.round(Math.max(size.width, size.height) / 160))

/** A pen keeps its way; an arrow and a circle keep where they began and where the finger is now. */
export function drawnTo<C extends string>(stroke: Stroke<C>, to: Point): Stroke<C> {
  const [from = to] = stroke.points
  return { ...stroke, points: stroke.tool === 'pen' ? [...stroke.points, to] : [from, to] }
}

/** Nothing that was only touched: a tap of the pen is a dot, of the others nothing. */
export const isDrawn = ({ tool, points: [from, to] }: Stroke, width: number): boolean =>
  tool === 'pen' ? from !== undefined : from !== undefined && to !== undefined && distance(from, to) > width * 2

/** Lines and curves to be stroked one after the other, in the photo's pixels. */
export type Path = { kind: 'line'; points: readonly Point[] } | { kind: 'ellipse'; at: Point; rx: number; ry: number }

export function pathsOf({ tool, points }: Stroke, width: number): Path[] {
  const [from, to = from] = points
  if (!from || !to) return []
  if (tool === 'pen') return [{ kind: 'line', points: points.length === 1 ? [from, from] : points }]
  if (tool === 'circle') {
    const at = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
    return [{ kind: 'ellipse', at, rx: Math.abs(to.x - from.x) / 2, ry: Math.abs(to.y - from.y) / 2 }]
  }
  return [
    { kind: 'line', points: [from, to] },
    { kind: 'line', points: headOf(from, to, width) },
  ]
}

/** The two barbs of an arrow with its tip between them; never longer than the arrow. */
function headOf(from: Point, to: Point, width: number): Point[] {
  const length = Math.min(width * 6, distance(from, to))
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  const barb = (turn: number) => ({
    x: to.x - length * Math.cos(angle + turn),
    y: to.y - length * Math.sin(angle + turn),
  })
  return [barb(Math.PI / 6), to, barb(-Math.PI / 6)]
}

const distance = (one: Point, other: Point) => Math.hypot(other.x - one.x, other.y - one.y)

/** Where a finger is in the photo, which is shown smaller. Outside of it: at its edge. */
export function pointIn(
  at: Point,
  shown: { left: number; top: number; width: number; height: number },
  size: { width: number; height: number },
): Point {
  const along = (value: number, start: number, length: number, most: number) =>
    length === 0 ? 0 : Math.min(most, Math.max(0, ((value - start) / length) * most))
  return {
    x: along(at.x, shown.left, shown.width, size.width),
    y: along(at.y, shown.top, shown.height, size.height),
  }
}
