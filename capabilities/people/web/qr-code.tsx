'use client'
import { encode } from 'uqr'

/** Dark on light under every theme: that is what cameras read. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 3 })
  const modules = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : [])))
  return (
    <div data-theme="light" className="w-fit rounded-xl border border-line bg-surface p-1 text-ink">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${size} ${size}`}
        className="size-48"
        shapeRendering="crispEdges"
      >
        <path d={modules.join('')} fill="currentColor" />
      </svg>
    </div>
  )
}
