import { refuse } from '@opsflow/platform/refusal'

let known: Promise<ReadonlySet<string>> | undefined

/**
 * The list that ships with the product: the 49,000 most common passwords of public breaches, as collected by zxcvbn
 * (@zxcvbn-ts/language-common, MIT). It needs no network, and is no substitute for one of hundreds of millions.
 */
async function knownPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

/**
 * Is this a password that guessers try first? Twelve characters rule out most of the list itself, so what people do to
 * reach twelve is seen through: a known one repeated, two in a row, or one with digits and signs before or behind it.
 */
export async function isKnownPassword(password: string): Promise<boolean> {
  known ??= knownPasswords()
  const list = await known
  const plain = password.toLowerCase()
  const core = plain.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return [plain, core, unLeet(plain), unLeet(core)].some((text) => isOnList(text, list)) || isMonotonous(plain)
}

function isOnList(text: string, list: ReadonlySet<string>): boolean {
  if (text === '' || list.has(text)) return true
  return splitsOf(text).some(([start, rest]) => list.has(start) && list.has(rest)) || list.has(shortestPeriod(text))
}

/** Both parts of a word's length at least: every text ends in some known digit or pair. */
const splitsOf = (text: string): [string, string][] =>
  Array.from({ length: Math.max(0, text.length - 7) }, (_, at) => [text.slice(0, at + 4), text.slice(at + 4)])

/** `passpasspass` → `pass` */
function shortestPeriod(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    if (text.length % length === 0 && text === text.slice(0, length).repeat(text.length / length)) {
      return text.slice(0, length)
    }
  }
  return text
}

/** `aaaaaaaaaaaa`, `123456789012`, `abcdefghijkl`, `qwertyuiopas`: few kinds of characters, or one that follows the other. */
function isMonotonous(text: string): boolean {
  if (new Set(text).size < 5) return true
  const steps = [...text].slice(1).map((letter, at) => letter.charCodeAt(0) - text.charCodeAt(at))
  return steps.every((step) => step === steps[0]) || KEYBOARD.some((row) => row.includes(text))
}

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const forward = ROWS.slice(1).join('') + ROWS[0]?.repeat(3)
const KEYBOARD = [forward, [...forward].reverse().join(''), '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik']

const LEET: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const unLeet = (text: string) => text.replaceAll(/[013457@$!]/g, (sign) => LEET[sign] ?? sign)

/** A password being chosen: not one of the list, not made of the address it belongs to, and of no name of the place. */
export async function demandUnknownPassword(
  password: string,
  email: string,
  names: readonly string[] = [],
): Promise<void> {
  const ownName = email.split('@')[0] ?? ''
  const isNamed = [ownName, PRODUCT, ...names].some((name) => isMadeOf(password, name))
  if (!isNamed && password.toLowerCase() !== email.toLowerCase() && !(await isKnownPassword(password))) return
  const message = 'This password is among those that guessers try first. Choose another one, such as four random words.'
  refuse('invalid', 'people.password_known', {
    detail: message,
    errors: [{ path: 'body.password', code: 'people.password_known', message }],
  })
}

const PRODUCT = 'OpsFlow'

/** A name with digits and signs around or between, said once or again and again, letters drawn as signs or not. */
function isMadeOf(password: string, name: string): boolean {
  const word = lettersOf(name)
  if (word.length < 4) return false
  const plain = password.toLowerCase()
  const withoutSigns = plain.replaceAll(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '')
  return [plain, unLeet(plain), unLeet(withoutSigns)].some((text) => shortestPeriod(lettersOf(text)) === word)
}

const lettersOf = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}]/gu, '')
