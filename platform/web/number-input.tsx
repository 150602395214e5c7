'use client'
import type { InputHTMLAttributes, ReactNode } from 'react'
import { cx } from './classes.ts'
import { Input } from './field.tsx'

/** A number as text, read with `readNumber` when it is used; its unit stands beside it. */
export function NumberInput({
  value,
  onChange,
  unit,
  className,
  ...rest
}: Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'type'> & {
  value: string
  onChange: (text: string) => void
  unit?: ReactNode
}) {
  return (
    <span className="relative block">
      <Input
        {...rest}
        inputMode="decimal"
        autoComplete="off"
        dir="ltr"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={cx('tabular-nums', unit ? 'pe-14' : '', className)}
      />
      {unit && (
        <span className="pointer-events-none absolute inset-y-0 end-3 flex items-center text-sm text-ink-muted">
          {unit}
        </span>
      )}
    </span>
  )
}
