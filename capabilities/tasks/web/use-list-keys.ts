import { type RefObject, useEffect, useEffectEvent } from 'react'
import type { Task } from '../task.ts'

type Acts = { onPick: (id: string) => void; onEdit: (id: string) => void; onClear: () => void; onNew: () => void }

/** j and k go down and up, x picks, e changes, c presses the row's button, n makes one, / searches. Enter opens. */
export function useListKeys(list: RefObject<HTMLUListElement | null>, tasks: readonly Task[], acts: Acts) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isCovered()) return
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('li[data-task]') ?? [])]
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    const row = rows[at]
    const id = row?.dataset.task
    const known = {
      j: () => focusOn(rows[Math.min(at + 1, rows.length - 1)]),
      k: () => focusOn(rows[Math.max(at - 1, 0)]),
      x: () => id && acts.onPick(id),
      e: () => id && tasks.some((task) => task.id === id && task.taskType !== 'corrective') && acts.onEdit(id),
      c: () => row?.querySelector('button')?.click(),
      n: () => acts.onNew(),
      '/': () => document.querySelector<HTMLElement>('[data-search=tasks]')?.focus(),
      Escape: () => acts.onClear(),
    }[event.key]
    if (!known) return
    event.preventDefault()
    known()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

function focusOn(row: HTMLElement | undefined) {
  row?.querySelector('a')?.focus()
  row?.scrollIntoView({ block: 'nearest' })
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) || isTextInput(target))
const isTextInput = (target: HTMLElement) => target instanceof HTMLInputElement && target.type !== 'checkbox'

/** A dialog or a menu has the keys to itself. */
const isCovered = () => document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null
