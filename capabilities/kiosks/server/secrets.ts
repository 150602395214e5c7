import { randomBytes, randomInt } from 'node:crypto'
import { CODE_LENGTH, CODE_LETTERS, weaknessOf } from '../index.ts'

/** 256 bits for a tablet's key or a session's token. */
export const newSecret = () => randomBytes(32).toString('base64url')

/** 29 letters, eight of them: 500,000 million codes for the few that are open for a quarter of an hour. */
export const newCode = () =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')

/** A PIN for someone who is to change it at once: any but the weak ones. */
export function newTemporaryPin(): string {
  const pin = String(randomInt(1_000_000)).padStart(6, '0')
  return weaknessOf(pin) === null ? pin : newTemporaryPin()
}
