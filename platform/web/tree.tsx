'use client'
import { ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { cx } from './classes.ts'
import { type TreeNode, treeStep, visibleRows } from './tree-rows.ts'

export type TreeItem = Omit<TreeNode, 'children'> & {
  label: ReactNode
  hint?: ReactNode
  icon?: ReactNode
  children?: readonly TreeItem[] | undefined
}

/**
 * A tree by the keys of WAI-ARIA: arrows walk, open and close; Enter or Space chooses. One tab stop.
 * What can be done with the chosen node stands beside the tree, not in it.
 */
export function Tree({
  label,
  items,
  selected,
  onSelect,
  openAtFirst = [],
}: {
  label: string
  items: readonly TreeItem[]
  selected: string | undefined
  onSelect: (id: string) => void
  openAtFirst?: readonly string[]
}) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(openAtFirst))
  const [focused, setFocused] = useState<string>()
  const list = useRef<HTMLDivElement>(null)
  const isOpen = (id: string) => open.has(id)
  const rows = visibleRows(items, isOpen)
  const tabStop = [focused, selected, items[0]?.id].find((id) => rows.some((row) => row.node.id === id))

  const setBranch = (id: string, isNowOpen: boolean) =>
    setOpen((now) => new Set(isNowOpen ? [...now, id] : [...now].filter((one) => one !== id)))

  function onKey(event: KeyboardEvent, id: string) {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      return onSelect(id)
    }
    const step = treeStep(rows, isOpen, id, event.key)
    if (!step) return
    event.preventDefault()
    if ('open' in step) return setBranch(step.open, true)
    if ('close' in step) return setBranch(step.close, false)
    setFocused(step.to)
    list.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(step.to)}"]`)?.focus()
  }

  return (
    <div ref={list} role="tree" aria-label={label} className="grid gap-0.5">
      {rows.map(({ node, level, position, siblings }) => {
        const isBranch = (node.children?.length ?? 0) > 0
        return (
          <div
            key={node.id}
            role="treeitem"
            data-node={node.id}
            aria-level={level}
            aria-posinset={position}
            aria-setsize={siblings}
            aria-expanded={isBranch ? isOpen(node.id) : undefined}
            aria-selected={node.id === selected}
            tabIndex={node.id === tabStop ? 0 : -1}
            onFocus={() => setFocused(node.id)}
            onKeyDown={(event) => onKey(event, node.id)}
            onClick={() => onSelect(node.id)}
            style={{ paddingInlineStart: `${(level - 1) * 1.25}rem` }}
            className={cx(
              'flex min-h-target cursor-pointer items-center gap-1 rounded-lg pe-3 text-sm transition-colors -outline-offset-2! select-none hover:bg-sunken',
              node.id === selected && 'bg-accent-tint font-medium text-accent-ink',
            )}
          >
            {isBranch ? (
              // For pointers only: the arrow keys open and close the row it belongs to.
              <span
                aria-hidden
                onClick={(event) => {
                  event.stopPropagation()
                  setBranch(node.id, !isOpen(node.id))
                }}
                className="flex size-target shrink-0 items-center justify-center text-ink-muted"
              >
                <ChevronRight
                  className={cx('size-4 transition-transform rtl:-scale-x-100', isOpen(node.id) && 'rotate-90')}
                />
              </span>
            ) : (
              <span className="w-3 shrink-0" />
            )}
            <span className="flex min-w-0 flex-1 items-center gap-2.5 [&_svg]:size-4 [&_svg]:shrink-0">
              {node.icon}
              <span className="truncate">{node.label}</span>
            </span>
            {node.hint && <span className="shrink-0 text-ink-muted tabular-nums">{node.hint}</span>}
          </div>
        )
      })}
    </div>
  )
}
