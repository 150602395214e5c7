'use client'
import { Delete } from 'lucide-react'
import { useId } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { cx } from './classes.ts'
import { type KeypadKey, press, typed } from './keypad-entry.ts'

const rows: KeypadKey[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'sign', '0', 'decimal']

/** Entry of one temperature, or of another number by its `suffix`, with wet hands: big keys, the unit always in sight, a keyboard works as well. */
export function Keypad({
  label,
  value,
  onChange,
  unit = 'F',
  suffix = `°${unit}`,
  onUnitChange,
  error,
  onEnter,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  unit?: 'F' | 'C'
  /** Of a number that is no temperature: its unit, as it is shown. */
  suffix?: string
  /** Given when the person may say which unit the thermometer shows. */
  onUnitChange?: (unit: 'F' | 'C') => void
  error?: string | undefined
  onEnter?: () => void
}) {
  const t = useTranslations('ui.keypad')
  const decimal = decimalSign(useLocale())
  const id = useId()
  return (
    <div className="grid gap-3" data-unfinished={value === '' ? undefined : ''}>
      <div
        className={cx(
          'flex items-center gap-1 rounded-xl border bg-surface px-4 py-2 shadow-card focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus',
          error ? 'border-danger' : 'border-line-strong/70',
        )}
      >
        <button
          type="button"
          aria-label={t('erase')}
          title={t('erase')}
          onClick={() => onChange(press(value, 'erase'))}
          className={cx(
            '-ms-2 inline-flex size-target shrink-0 items-center justify-center rounded-lg text-ink-muted transition-colors hover:bg-sunken hover:text-ink',
            value === '' && 'invisible',
          )}
        >
          <Delete aria-hidden className="size-6" />
        </button>
        <input
          id={id}
          aria-label={`${label}${suffix && `, ${suffix}`}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          inputMode="none"
          autoComplete="off"
          dir="ltr"
          placeholder="–"
          value={value.replace('.', decimal)}
          onChange={(event) => {
            const next = typed(event.target.value)
            if (next !== undefined) onChange(next)
          }}
          onKeyDown={(event) => event.key === 'Enter' && onEnter?.()}
          className="w-full min-w-0 bg-transparent text-end text-[2.75rem] leading-none font-semibold tracking-[-0.03em] tabular-nums outline-none placeholder:text-ink-muted"
        />
        {onUnitChange ? (
          <UnitSwitch unit={unit} onChange={onUnitChange} label={t('unit')} />
        ) : (
          suffix && <span className="ps-1 text-2xl font-medium text-ink-muted">{suffix}</span>
        )}
      </div>
      <div role="alert">
        {error && (
          <p id={`${id}-error`} className="text-sm font-medium text-danger">
            {error}
          </p>
        )}
      </div>
      <div className="grid grid-cols-3 gap-2">
        {rows.map((key) => (
          <Key key={key} label={key === 'sign' ? t('sign') : undefined} onPress={() => onChange(press(value, key))}>
            {key === 'sign' ? '±' : key === 'decimal' ? decimal : key}
          </Key>
        ))}
      </div>
    </div>
  )
}

function Key({ children, label, onPress }: { children: string; label: string | undefined; onPress: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onPress}
      className="h-key rounded-xl border border-line bg-surface text-2xl font-medium tabular-nums shadow-card transition-[background-color,transform] select-none hover:bg-sunken active:scale-[0.97] active:bg-sunken"
    >
      {children}
    </button>
  )
}

function UnitSwitch({
  unit,
  onChange,
  label,
}: {
  unit: 'F' | 'C'
  onChange: (unit: 'F' | 'C') => void
  label: string
}) {
  return (
    <fieldset className="flex shrink-0 rounded-lg bg-sunken p-1">
      <legend className="sr-only">{label}</legend>
      {(['F', 'C'] as const).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={unit === one}
          onClick={() => onChange(one)}
          className="min-h-target min-w-target rounded-md px-2 text-lg font-medium text-ink-muted transition-colors aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-card"
        >
          °{one}
        </button>
      ))}
    </fieldset>
  )
}

const decimalSign = (locale: string) =>
  new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.'
