'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'

type ManyRowsProps = {
  label: string
  head: ReactNode
  count: number
  row: (index: number) => ReactNode
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

const guessedRowPx = 48
const rowsAround = 12

/** Thousands of rows in a region of their own; only those in sight are in the page, and their number is still told. */
export default function ManyRows({ label, head, count, row, onKeyDown }: ManyRowsProps) {
  const region = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => region.current,
    estimateSize: () => guessedRowPx,
    overscan: rowsAround,
  })

  useEffect(() => {
    const element = region.current
    const show = (event: Event) => virtual.scrollToIndex((event as CustomEvent<number>).detail)
    element?.addEventListener('show-row', show)
    return () => element?.removeEventListener('show-row', show)
  }, [virtual])

  const items = virtual.getVirtualItems()
  const above = items[0]?.start ?? 0
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <section
      ref={region}
      data-many
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="relative max-h-[70dvh] overflow-auto -outline-offset-2!"
    >
      <table aria-rowcount={count + 1} className="w-full border-collapse text-sm">
        <thead className="sticky top-0 z-10 bg-surface">{head}</thead>
        <tbody>
          {above > 0 && <Gap height={above} />}
          {items.map((item) => row(item.index))}
          {below > 0 && <Gap height={below} />}
        </tbody>
      </table>
    </section>
  )
}

const Gap = ({ height }: { height: number }) => (
  <tr aria-hidden>
    <td style={{ height }} />
  </tr>
)
