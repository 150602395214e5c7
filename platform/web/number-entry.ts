export type NumberRule = { decimals?: number; min?: number; max?: number }
export type NumberRead =
  | { ok: true; value: number }
  | { ok: false; why: 'empty' | 'notANumber' | 'tooPrecise' | 'tooSmall' | 'tooLarge' }

const longestNumber = 16

/**
 * What a person typed, by pattern: a comma may be the decimal sign and − (U+2212) the minus. Never coerced: '' is not
 * 0, and neither '1e2', '0x10' nor '1,234.5' is a number here.
 */
export function readNumber(typed: string, { decimals = 3, min, max }: NumberRule = {}): NumberRead {
  const text = typed.trim().replace(/^[−–]/, '-').replace(',', '.')
  if (text === '') return { ok: false, why: 'empty' }
  if (!/^-?\d+(\.\d+)?$/.test(text) || text.length > longestNumber) return { ok: false, why: 'notANumber' }
  if ((text.split('.')[1]?.length ?? 0) > decimals) return { ok: false, why: 'tooPrecise' }
  const value = Number(text) + 0 // never −0
  if (min !== undefined && value < min) return { ok: false, why: 'tooSmall' }
  if (max !== undefined && value > max) return { ok: false, why: 'tooLarge' }
  return { ok: true, value }
}
