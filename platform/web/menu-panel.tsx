'use client'
import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'

export type MenuItem = {
  id: string
  label: ReactNode
  hint?: ReactNode
  icon?: ReactNode
  /** Given for one of several that exclude each other. */
  checked?: boolean
  onSelect: () => void
}

export type MenuSection = { id: string; label?: ReactNode; items: readonly MenuItem[] }

export type MenuProps = {
  /** Spoken name of the button, when its content does not say it. */
  label?: string
  className: string
  children: ReactNode
  sections: readonly MenuSection[]
  align?: 'start' | 'end'
}

type MenuPanelProps = MenuProps & {
  /** It was asked for by a key, before its code was here: the first choice has the focus, as at every later opening. */
  opensAtFirst: boolean
}

export default function MenuPanel({
  label,
  className,
  children,
  sections,
  align = 'start',
  opensAtFirst,
}: MenuPanelProps) {
  const popup = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!opensAtFirst) return
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => popup.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus()),
    )
    return () => cancelAnimationFrame(frame)
  }, [opensAtFirst])
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger aria-label={label} className={className}>
        {children}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align={align} sideOffset={6} collisionPadding={8} className="z-50 outline-none">
          <Menu.Popup
            ref={popup}
            className="max-h-[min(28rem,var(--available-height))] min-w-60 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-xl border border-line bg-raised p-1.5 shadow-raised transition-opacity outline-none data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {sections.map((section, index) => (
              <Menu.Group key={section.id}>
                {index > 0 && <Menu.Separator className="mx-2 my-1.5 h-px bg-line" />}
                {section.label && (
                  <Menu.GroupLabel className="px-3 pt-2 pb-1 text-xs font-medium text-ink-muted">
                    {section.label}
                  </Menu.GroupLabel>
                )}
                {section.items.map((item) => (
                  <Row key={item.id} item={item} />
                ))}
              </Menu.Group>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

const rowClass =
  'flex min-h-target items-center gap-3 rounded-lg px-3 text-sm outline-none select-none data-highlighted:bg-sunken [&_svg]:size-4 [&_svg]:shrink-0'

function Row({ item }: { item: MenuItem }) {
  const content = (
    <>
      {item.icon && <span className="text-ink-muted">{item.icon}</span>}
      <span className="min-w-0 flex-1 truncate">
        {item.label}
        {item.hint && <span className="block truncate text-[0.8125rem] text-ink-muted">{item.hint}</span>}
      </span>
    </>
  )
  if (item.checked === undefined) {
    return (
      <Menu.Item className={rowClass} onClick={item.onSelect}>
        {content}
      </Menu.Item>
    )
  }
  return (
    <Menu.CheckboxItem className={rowClass} checked={item.checked} onCheckedChange={item.onSelect} closeOnClick>
      {content}
      <Menu.CheckboxItemIndicator keepMounted className="invisible text-accent-ink data-checked:visible">
        <Check aria-hidden />
      </Menu.CheckboxItemIndicator>
    </Menu.CheckboxItem>
  )
}
