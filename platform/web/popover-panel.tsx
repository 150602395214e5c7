'use client'
import { Popover } from '@base-ui/react/popover'
import type { ReactNode } from 'react'

export type PopoverProps = {
  /** Spoken name of the button, when its content does not say it. */
  label?: string
  className: string
  children: ReactNode
  title?: ReactNode
  content: ReactNode
}

export default function PopoverPanel({ label, className, children, title, content }: PopoverProps) {
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger aria-label={label} className={className}>
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} collisionPadding={12} className="z-50 outline-none">
          <Popover.Popup
            aria-label={title ? undefined : label}
            className="max-w-[min(22rem,calc(100vw-1.5rem))] rounded-xl border border-line bg-raised p-4 text-sm shadow-raised transition-opacity outline-none data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {title && <Popover.Title className="mb-1 font-semibold">{title}</Popover.Title>}
            {content}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
