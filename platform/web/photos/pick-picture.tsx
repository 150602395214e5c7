'use client'
import type { ReactNode, Ref } from 'react'
import { cx } from '../classes.ts'

/** A file input that looks like a button and is reached by Tab like one. */
export function PickPicture({
  children,
  icon,
  busy,
  fromCamera,
  single,
  inputRef,
  onPick,
}: {
  children: ReactNode
  icon: ReactNode
  busy: boolean
  fromCamera?: boolean
  single?: boolean
  inputRef?: Ref<HTMLInputElement>
  onPick: (files: readonly File[]) => void
}) {
  return (
    <label
      className={cx(
        'inline-flex min-h-target cursor-pointer items-center gap-2 rounded-lg border border-line-strong/45 bg-surface px-4 text-sm font-medium shadow-card select-none hover:border-line-strong hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus [&_svg]:size-[1.125em]',
        busy && 'pointer-events-none opacity-55',
      )}
    >
      <input
        ref={inputRef}
        type="file"
        accept="image/*"
        {...(fromCamera ? { capture: 'environment' } : { multiple: !single })}
        aria-disabled={busy || undefined}
        className="sr-only"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])]
          currentTarget.value = ''
          if (files.length > 0 && !busy) onPick(files)
        }}
      />
      {icon}
      {children}
    </label>
  )
}
