'use client'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import type { Command } from './command-palette-panel.tsx'

const loadPanel = () => import('./command-palette-panel.tsx')
const Panel = lazy(loadPanel)

/** Ctrl-K or ⌘K: go anywhere, do anything, without a pointer. */
export function CommandPalette({
  commands,
  children,
}: {
  commands: () => Command[]
  children: (open: () => void) => ReactNode
}) {
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState(false)
  function show() {
    setWanted(true)
    setOpen(true)
  }
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setWanted(true)
      setOpen((now) => !now)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      {children(show)}
      {wanted && (
        <Suspense>
          <Panel open={open} onClose={() => setOpen(false)} commands={open ? commands() : []} />
        </Suspense>
      )}
    </>
  )
}
