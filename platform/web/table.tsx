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

/** Nearer to each other where there is less room; the outermost stand in line with the card's title. */
const beside = 'px-3 first:ps-4 last:pe-4 sm:first:ps-5 sm:last:pe-5 lg:px-5'

export function Th({ className, scope = 'col', ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope={scope}
      {...rest}
      className={cx(
        'h-10 text-start text-[0.8125rem] font-medium whitespace-nowrap text-ink-muted',
        scope === 'col' && 'border-b border-line',
        beside,
        className,
      )}
    />
  )
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr {...rest} className={cx('border-b border-line last:border-0', className)} />
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={cx('h-12 py-1.5 align-middle', beside, className)} />
}
