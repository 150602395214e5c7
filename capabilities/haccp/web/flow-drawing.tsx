import { useTranslations } from 'use-intl'
import { rowsOf } from '../flow.ts'
import type { PlanContent } from '../plan.ts'

const [WIDTH, HEIGHT, GAP_X, GAP_Y] = [168, 52, 20, 44]

/** The diagram drawn: each step below those that lead to it. What it shows is told in words to whoever does not see it. */
export function FlowDrawing({ steps, arrows }: Pick<PlanContent, 'steps' | 'arrows'>) {
  const t = useTranslations('haccp.flow')
  const rows = rowsOf(steps, arrows)
  const widest = Math.max(1, ...rows.map((row) => row.length))
  const whole = widest * (WIDTH + GAP_X) + GAP_X
  const places = new Map(
    rows.flatMap((row, y) => {
      const left = (whole - row.length * (WIDTH + GAP_X) + GAP_X) / 2
      return row.map(
        ({ id }, x) => [id, { x: left + x * (WIDTH + GAP_X), y: 8 + y * (HEIGHT + GAP_Y), row: y }] as const,
      )
    }),
  )
  const height = rows.length * (HEIGHT + GAP_Y) - GAP_Y + 16
  const name = (id: string) => steps.find((step) => step.id === id)?.name ?? ''
  const told = arrows.map(({ from, to }) => t('leads', { from: name(from), to: name(to) })).join('; ')
  if (steps.length === 0) return null
  return (
    <div className="overflow-x-auto rounded-xl border border-line bg-surface p-2">
      <svg
        role="img"
        aria-label={t('drawn', { count: steps.length, told })}
        viewBox={`0 0 ${whole} ${height}`}
        width={whole}
        height={height}
        className="mx-auto block max-w-full min-w-80"
      >
        <defs>
          <marker id="haccp-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" className="fill-ink-muted" />
          </marker>
        </defs>
        {arrows.map(({ from, to }) => {
          const [a, b] = [places.get(from), places.get(to)]
          if (!a || !b) return null
          return (
            <path
              key={`${from} ${to}`}
              d={curve(a, b)}
              fill="none"
              strokeWidth={1.5}
              markerEnd="url(#haccp-arrow)"
              className="stroke-ink-muted"
            />
          )
        })}
        {steps.map((step) => {
          const place = places.get(step.id)
          if (!place) return null
          return (
            <g key={step.id}>
              <rect
                x={place.x}
                y={place.y}
                width={WIDTH}
                height={HEIGHT}
                rx={10}
                strokeWidth={1.5}
                className="fill-sunken stroke-line-strong"
              />
              {linesOf(step.name).map((line, n, all) => (
                <text
                  key={line}
                  x={place.x + WIDTH / 2}
                  y={place.y + HEIGHT / 2 + (n - (all.length - 1) / 2) * 17 + 5}
                  textAnchor="middle"
                  className="fill-ink text-[0.8125rem] font-medium"
                >
                  {line}
                </text>
              ))}
            </g>
          )
        })}
      </svg>
    </div>
  )
}

type Place = { x: number; y: number; row: number }

/** From the foot of one to the head of the other; past what stands between them it goes by the side. */
function curve(a: Place, b: Place): string {
  const [x1, y1, x2, y2] = [a.x + WIDTH / 2, a.y + HEIGHT, b.x + WIDTH / 2, b.y - 2]
  const isFar = b.row - a.row !== 1
  if (!isFar) return `M${x1} ${y1}C${x1} ${y1 + GAP_Y / 2} ${x2} ${y2 - GAP_Y / 2} ${x2} ${y2}`
  const side = x2 >= x1 ? WIDTH / 2 + GAP_X / 2 : -WIDTH / 2 - GAP_X / 2
  const x = Math.max(4, x1 + side)
  return `M${x1} ${y1}C${x1} ${y1 + 28} ${x} ${y1 + 12} ${x} ${y1 + 44}L${x} ${Math.max(y1 + 44, y2 - 44)}C${x} ${y2 - 12} ${x2} ${y2 - 28} ${x2} ${y2}`
}

/** Two lines at most. */
function linesOf(name: string): string[] {
  if (name.length <= 22) return [name]
  const cut = name.lastIndexOf(' ', 22)
  const first = name.slice(0, cut > 8 ? cut : 22)
  const rest = name.slice(first.length).trim()
  return [first, rest.length > 23 ? `${rest.slice(0, 22)}…` : rest]
}
