'use client'
import { Combobox } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from './classes.ts'
import { controlClass, useControl } from './field.tsx'

export type ComboboxOption = { value: string; label: string; hint?: string | undefined }

export type ComboboxProps = {
  options: readonly ComboboxOption[]
  value: string | undefined
  onChange: (value: string | undefined) => void
  placeholder?: string
}

export default function ComboboxPanel({ options, value, onChange, placeholder }: ComboboxProps) {
  const t = useTranslations('ui.combobox')
  const control = useControl()
  const items = useMemo(() => [...options], [options])
  return (
    <Combobox.Root
      items={items}
      value={items.find((option) => option.value === value) ?? null}
      onValueChange={(option) => onChange(option?.value)}
      itemToStringLabel={(option) => option.label}
      isItemEqualToValue={(one, other) => one.value === other.value}
      autoHighlight
      defaultOpen
    >
      <Combobox.InputGroup className="relative">
        {/* The field was focused already, before its list was there. */}
        <Combobox.Input {...control} autoFocus placeholder={placeholder} className={cx(controlClass, 'pe-11')} />
        <Combobox.Trigger
          aria-label={t('open')}
          className="absolute inset-y-0 end-0 flex w-11 items-center justify-center rounded-lg text-ink-muted hover:text-ink"
        >
          <ChevronsUpDown aria-hidden className="size-4" />
        </Combobox.Trigger>
      </Combobox.InputGroup>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={6} collisionPadding={8} className="z-[55] outline-none">
          <Combobox.Popup className="w-(--anchor-width) max-w-(--available-width) rounded-xl border border-line bg-raised shadow-raised transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Combobox.Empty>
              <p className="px-4 py-6 text-center text-sm text-ink-muted">{t('nothing')}</p>
            </Combobox.Empty>
            <Combobox.List className="max-h-[min(20rem,var(--available-height))] scroll-py-1.5 overflow-y-auto overscroll-contain p-1.5 outline-none data-empty:p-0">
              {(option: ComboboxOption) => (
                <Combobox.Item
                  key={option.value}
                  value={option}
                  className="flex min-h-target items-center gap-3 rounded-lg px-3 text-sm outline-none select-none data-highlighted:bg-sunken"
                >
                  <span className="min-w-0 flex-1 truncate">
                    {option.label}
                    {option.hint && (
                      <span className="block truncate text-[0.8125rem] text-ink-muted">{option.hint}</span>
                    )}
                  </span>
                  <Combobox.ItemIndicator className="text-accent-ink">
                    <Check aria-hidden className="size-4" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
