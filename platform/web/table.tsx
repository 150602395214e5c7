import type { ComponentProps, KeyboardEventHandler, ReactNode } from 'react'
import { cx } from './classes.ts'

/** A dense table in a region of its own that scrolls sideways on small screens with all it holds, reachable by keyboard. */
export function Table({
  label,
  children,
  className,
  onKeyDown,
}: {
  label: string
  children: ReactNode
  className?: string
  onKeyDown?: KeyboardEventHandler<HTMLElement>
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={cx('relative overflow-x-auto -outline-offset-2!', className)}
    >
      <table className="w-full border-collapse text-sm">{children}</table>
    </section>
  )
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        'h-10 border-b border-line px-4 text-start text-[0.8125rem] font-medium whitespace-nowrap text-ink-muted sm:px-5',
        className,
      )}
    />
  )
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr {...rest} className={cx('border-b border-line last:border-0', className)} />
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={cx('h-12 px-4 py-1.5 align-middle sm:px-5', className)} />
}
