import { z } from 'zod'

/** Six digits, as typed. Whether they are a good choice is asked only when one is chosen. */
export const Pin = z.string().regex(/^\d{6}$/, 'A PIN is six digits.')

/** A PIN being chosen: not one of those that are guessed first. */
export const NewPin = Pin.refine((pin) => weaknessOf(pin) === null, {
  message: 'Too easy to guess: no runs, no repeats, no birthday.',
  params: { code: 'kiosks.pin_weak' },
})

export type Weakness = 'few_digits' | 'run' | 'repeat' | 'date'

/**
 * Why a PIN is refused, or null. The rule, for people to read in docs/user-guide.md: at least three different digits;
 * no six in a row up or down (123456, 890123, 654321); no pair or triple said again (471471, 252525) and no three
 * doubles (114477); not a birthday of 1930 to 2015 as it is written anywhere (day, month or year first).
 */
export function weaknessOf(pin: string): Weakness | null {
  if (new Set(pin).size < 3) return 'few_digits'
  if (isRun(pin, 1) || isRun(pin, 9)) return 'run'
  if (/^(..)\1\1$|^(...)\2$|^(.)\3(.)\4(.)\5$/.test(pin)) return 'repeat'
  return isBirthday(pin) ? 'date' : null
}

/** Each digit follows the one before it, and 0 follows 9. */
const isRun = (pin: string, step: number) =>
  [...pin].every((digit, at) => at === 0 || Number(digit) === (Number(pin[at - 1]) + step) % 10)

function isBirthday(pin: string): boolean {
  const [a = 0, b = 0, c = 0] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4)].map(Number)
  return isDate(a, b, c) || isDate(b, a, c) || isDate(c, b, a)
}

const isDate = (day: number, month: number, year: number) =>
  (year >= 30 || year <= 15) && month >= 1 && month <= 12 && day >= 1 && day <= (DAYS[month - 1] ?? 0)

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
