export type KeypadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'decimal' | 'sign' | 'erase'

export const longestEntry = 8

/** What the display shows after a key: always the beginning of a number, never more than a thermometer shows. */
export function press(text: string, key: KeypadKey): string {
  if (key === 'erase') return text.slice(0, -1) === '−' ? '' : text.slice(0, -1)
  if (key === 'sign') return text.startsWith('−') ? text.slice(1) : `−${text}`
  if (text.length >= longestEntry) return text
  if (key === 'decimal') {
    if (text.includes('.')) return text
    return text === '' || text === '−' ? `${text}0.` : `${text}.`
  }
  const [, fraction] = text.split('.')
  if (fraction !== undefined && fraction.length >= 3) return text
  return text === '0' || text === '−0' ? text.slice(0, -1) + key : text + key
}

/** What a hardware keyboard or a paste may leave in the display. Undefined: not the beginning of a number. */
export function typed(text: string): string | undefined {
  const tidy = text.trim().replace(',', '.').replace(/^[-–]/, '−')
  return /^−?\d*(\.\d{0,3})?$/.test(tidy) && tidy.length <= longestEntry ? tidy : undefined
}
