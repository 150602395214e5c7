'use client'
import { Delete } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from './classes.ts'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
const LENGTH = 6

/** Six digits by big keys, shown as dots. A keyboard works as well. The sixth digit is the end of it. */
export function PinPad({
  label,
  value,
  onChange,
  onComplete,
  error,
  busy = false,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  onComplete: (pin: string) => void
  error?: string | undefined
  /** The PIN is being looked at: keys wait. */
  busy?: boolean
}) {
  const t = useTranslations('ui.pinPad')
  const id = useId()
  const type = (next: string) => {
    if (busy || !/^\d*$/.test(next) || next.length > LENGTH) return
    onChange(next)
    if (next.length === LENGTH) onComplete(next)
  }
  return (
    <div
      className="mx-auto grid w-full max-w-md gap-4"
      aria-busy={busy}
      data-unfinished={value === '' ? undefined : ''}
    >
      <div className="relative flex h-16 items-center justify-center rounded-xl focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus">
        <input
          type="password"
          aria-label={label}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          inputMode="none"
          autoComplete="off"
          value={value}
          onChange={(event) => type(event.target.value)}
          className="absolute inset-0 size-full opacity-0"
        />
        <span aria-hidden className="flex gap-4">
          {Array.from({ length: LENGTH }, (_, place) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: places have no other identity
              key={place}
              className={cx(
                'size-4 rounded-full border-2 transition-colors',
                place < value.length ? 'border-accent bg-accent' : 'border-line-strong',
                busy && 'animate-[breathe_1.6s_ease-in-out_infinite]',
              )}
            />
          ))}
        </span>
      </div>
      <div role="alert" className="min-h-7 text-center">
        {error && (
          <p id={`${id}-error`} className="font-medium text-danger">
            {error}
          </p>
        )}
      </div>
      <div className="grid grid-cols-3 gap-2.5">
        {KEYS.map((key) => (
          <Key key={key} onPress={() => type(value + key)}>
            {key}
          </Key>
        ))}
        <span />
        <Key onPress={() => type(`${value}0`)}>0</Key>
        <Key label={t('erase')} onPress={() => type(value.slice(0, -1))}>
          <Delete aria-hidden className="mx-auto size-7" />
        </Key>
      </div>
    </div>
  )
}

function Key({ children, label, onPress }: { children: React.ReactNode; label?: string; onPress: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onPress}
      className="h-key rounded-xl border border-line bg-surface text-3xl font-medium tabular-nums shadow-card transition-[background-color,transform] select-none hover:bg-sunken active:scale-[0.97] active:bg-sunken"
    >
      {children}
    </button>
  )
}
