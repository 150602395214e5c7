'use client'
import { lazy, Suspense, useState } from 'react'
import type { MenuProps } from './menu-panel.tsx'

const loadPanel = () => import('./menu-panel.tsx')
const MenuPanel = lazy(loadPanel)

/** A button that opens a list of choices. The list's code is fetched when a pointer or the focus comes near. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState<'by hand' | 'by key'>()
  const closed = (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      aria-label={props.label}
      className={props.className}
      onPointerEnter={loadPanel}
      onFocus={loadPanel}
      onClick={({ detail }) => setWanted(detail === 0 ? 'by key' : 'by hand')}
    >
      {props.children}
    </button>
  )
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <MenuPanel {...props} opensAtFirst={wanted === 'by key'} />
    </Suspense>
  )
}
