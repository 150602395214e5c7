'use client'
import {
  type ComponentProps,
  createContext,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useContext,
  useId,
} from 'react'
import { cx } from './classes.ts'

type FieldIds = { id: string; hintId: string | undefined; errorId: string | undefined }
const FieldContext = createContext<FieldIds | undefined>(undefined)

/** A label, one control, and what to know or mend about it, tied together for every reader. */
export function Field({
  label,
  hint,
  error,
  optional,
  children,
  className,
}: {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** The word for "optional", when the field may stay empty. */
  optional?: ReactNode
  children: ReactNode
  className?: string
}) {
  const id = useId()
  const ids = { id, hintId: hint ? `${id}-hint` : undefined, errorId: error ? `${id}-error` : undefined }
  return (
    <FieldContext value={ids}>
      <div className={cx('grid content-start gap-1.5', className)}>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
          {optional && <span className="ms-1.5 font-normal text-ink-muted">{optional}</span>}
        </label>
        {children}
        {hint && (
          <p id={ids.hintId} className="text-sm text-ink-muted">
            {hint}
          </p>
        )}
        {error && (
          <p id={ids.errorId} className="text-sm font-medium text-danger">
            {error}
          </p>
        )}
      </div>
    </FieldContext>
  )
}

export const controlClass =
  'w-full min-h-target rounded-lg border border-line-strong/70 bg-surface px-3 text-[0.9375rem] text-ink shadow-card transition-[border-color] placeholder:text-ink-muted hover:border-line-strong aria-invalid:border-danger disabled:opacity-55'

/** What ties a control to the label, hint and error of the field around it. */
export function useControl() {
  const field = useContext(FieldContext)
  if (!field) return {}
  return {
    id: field.id,
    'aria-describedby': cx(field.errorId, field.hintId) || undefined,
    'aria-invalid': field.errorId ? true : undefined,
  }
}

export function Input({ className, ...rest }: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return <input {...useControl()} {...rest} className={cx(controlClass, className)} />
}

export function TextArea({ className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <textarea {...useControl()} rows={3} {...rest} className={cx(controlClass, 'py-2.5 leading-6', className)} />
}

/** The browser's own list: it is the best one on every phone and for every screen reader. */
export function Select({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <select {...useControl()} {...rest} className={cx(controlClass, 'select-arrow appearance-none pe-9', className)} />
  )
}

export function Checkbox({ label, ...rest }: { label: ReactNode } & ComponentProps<'input'>) {
  return (
    <label className="flex min-h-target items-center gap-3 text-[0.9375rem]">
      <input type="checkbox" {...rest} className="size-5 shrink-0 accent-accent" />
      {label}
    </label>
  )
}

/** One of a few, all visible, large enough for wet hands. */
export function Choices<Value extends string>({
  label,
  name,
  value,
  onChange,
  options,
  columns = 'grid-cols-2 sm:grid-cols-3',
}: {
  label: string
  name: string
  value: Value | undefined
  onChange: (value: Value) => void
  options: readonly { value: Value; label: ReactNode; hint?: ReactNode }[]
  columns?: string
}) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{label}</legend>
      <div className={cx('grid gap-2', columns)}>
        {options.map((option) => (
          <label
            key={option.value}
            className="flex min-h-14 items-center rounded-lg border border-line-strong/50 bg-surface px-3.5 py-2 text-[0.9375rem] leading-tight font-medium shadow-card transition-colors select-none hover:border-line-strong has-checked:border-accent has-checked:bg-accent-tint has-checked:text-accent-ink has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            <span>
              {option.label}
              {option.hint && <span className="mt-0.5 block text-sm font-normal text-ink-muted">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
