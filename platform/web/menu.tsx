'use client'
import { lazy, type ReactNode, Suspense, useState } from 'react'

export type MenuItem = {
  id: string
  label: ReactNode
  hint?: ReactNode
  icon?: ReactNode
  /** Given for one of several that exclude each other. */
  checked?: boolean
  onSelect: () => void
}
export type MenuSection = { id: string; label?: ReactNode; items: readonly MenuItem[] }

export type MenuProps = {
  /** Spoken name of the button, when its content does not say it. */
  label?: string
  className: string
  children: ReactNode
  sections: readonly MenuSection[]
  align?: 'start' | 'end'
}

const loadPanel = () => import('./menu-panel.tsx')
const MenuPanel = lazy(loadPanel)

/** A button that opens a list of choices. The list's code is fetched when a pointer or the focus comes near. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false)
  const closed = (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      aria-label={props.label}
      className={props.className}
      onPointerEnter={loadPanel}
      onFocus={loadPanel}
      onClick={() => setWanted(true)}
    >
      {props.children}
    </button>
  )
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <MenuPanel {...props} />
    </Suspense>
  )
}
