/**
 * Whether someone is in the middle of something here: a page must not be loaded anew under their hands. What counts is
 * a field that holds other than when it was entered, a number on a keypad, an open dialog.
 */
export function isSomethingTyped(): boolean {
  for (const field of entered.keys()) if (!field.isConnected) entered.delete(field)
  return (
    [...entered].some(([field, value]) => contentOf(field) !== value) ||
    document.querySelector('[data-unfinished], [role=dialog], [role=alertdialog]') !== null
  )
}

/** Field → what it held when it was first entered. */
const entered = new Map<Field, string>()
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Begins to notice what is typed. A search is no work that could be lost. */
export function noticeTyping() {
  const notice = ({ type, target }: Event) => {
    if (!(target instanceof HTMLElement) || !target.matches('input:not([type=search]), textarea, select')) return
    const field = target as Field
    // Not every browser gives the focus to what is tapped: then its change is the first that is heard of it.
    if (!entered.has(field)) entered.set(field, type === 'focusin' ? contentOf(field) : 'other')
  }
  for (const event of ['focusin', 'change']) document.addEventListener(event, notice)
  return () => {
    for (const event of ['focusin', 'change']) document.removeEventListener(event, notice)
  }
}

const contentOf = (field: Field) =>
  field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type) ? String(field.checked) : field.value
