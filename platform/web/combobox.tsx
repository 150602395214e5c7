'use client'
import { ChevronsUpDown } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { ComboboxProps } from './combobox-panel.tsx'
import { Input } from './field.tsx'

const loadPanel = () => import('./combobox-panel.tsx')
const ComboboxPanel = lazy(loadPanel)

/** One of many, found by typing. Its code is fetched when a pointer or the focus comes near. */
export function Combobox(props: ComboboxProps) {
  const [wanted, setWanted] = useState(false)
  const chosen = props.options.find((option) => option.value === props.value)
  const closed = (
    <span className="relative block">
      <Input
        readOnly
        role="combobox"
        aria-expanded={false}
        aria-haspopup="listbox"
        value={chosen?.label ?? ''}
        placeholder={props.placeholder}
        className="pe-11"
        onPointerEnter={loadPanel}
        onFocus={() => setWanted(true)}
      />
      <ChevronsUpDown
        aria-hidden
        className="pointer-events-none absolute inset-y-0 end-3.5 my-auto size-4 text-ink-muted"
      />
    </span>
  )
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <ComboboxPanel {...props} />
    </Suspense>
  )
}
