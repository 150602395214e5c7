import { isSame } from './merkle.ts'

/**
 * Signed notes and log checkpoints (C2SP signed-note, tlog-checkpoint): text, a blank line, and a signature line a key.
 * Any tool that reads Go's sumdb notes reads ours. Cryptography and UTF-8 are given, so that this runs anywhere.
 */
export type Ground = {
  sha256: (...parts: Uint8Array[]) => Uint8Array
  utf8: (text: string) => Uint8Array
  /** Ed25519. */
  isSignedBy: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>
}

/** `name+hash+key`: who signs, the first four bytes of what names the key, and the key behind the byte of its kind. */
export type VerifierKey = { name: string; hash: Uint8Array; publicKey: Uint8Array; text: string }

const ED25519 = 1

export function verifierKey(ground: Ground, name: string, publicKey: Uint8Array): VerifierKey {
  const kindAndKey = Uint8Array.of(ED25519, ...publicKey)
  const hash = ground.sha256(ground.utf8(`${name}\n`), kindAndKey).slice(0, 4)
  return { name, hash, publicKey, text: `${name}+${hexOf(hash)}+${base64Of(kindAndKey)}` }
}

export function readVerifierKey(ground: Ground, text: string): VerifierKey | undefined {
  const [name, hash, key] = text.trim().split(/\+(.{8})\+/)
  const kindAndKey = key === undefined ? undefined : fromBase64(key)
  if (!name || kindAndKey?.length !== 33 || kindAndKey[0] !== ED25519) return undefined
  const read = verifierKey(ground, name, kindAndKey.slice(1))
  return hexOf(read.hash) === hash ? read : undefined
}

export const signatureLine = ({ name, hash }: VerifierKey, signature: Uint8Array) =>
  `— ${name} ${base64Of(Uint8Array.of(...hash, ...signature))}\n`

export type Note = { text: string; signatures: { name: string; hash: Uint8Array; signature: Uint8Array }[] }

export function readNote(note: string): Note | undefined {
  const at = note.lastIndexOf('\n\n')
  if (at < 0) return undefined
  const signatures = []
  for (const line of note.slice(at + 2).split('\n')) {
    if (line === '') continue
    const [, name, base64] = line.match(/^— (\S+) (\S+)$/) ?? []
    const bytes = base64 === undefined ? undefined : fromBase64(base64)
    if (!name || !bytes || bytes.length < 5) return undefined
    signatures.push({ name, hash: bytes.slice(0, 4), signature: bytes.slice(4) })
  }
  return signatures.length === 0 ? undefined : { text: note.slice(0, at + 1), signatures }
}

/** Which of these keys signed the note. One that claims to and did not is worse than none: undefined. */
export async function signerOf(
  ground: Ground,
  note: Note,
  keys: readonly VerifierKey[],
): Promise<VerifierKey | undefined> {
  for (const { name, hash, signature } of note.signatures) {
    const key = keys.find((known) => known.name === name && isSame(known.hash, hash))
    if (!key) continue
    return (await ground.isSignedBy(key.publicKey, ground.utf8(note.text), signature)) ? key : undefined
  }
  return undefined
}

/** A log as it stood: so many leaves, this root, at this time, after that head. */
export type Head = { origin: string; size: number; root: Uint8Array; at: string; previous: string }

export const headText = ({ origin, size, root, at, previous }: Head) =>
  `${origin}\n${size}\n${base64Of(root)}\ntime ${at}\nprevious ${previous}\n`

export function readHead(text: string): Head | undefined {
  const [origin, size, root, at, previous, ...rest] = text.split('\n')
  const bytes = root === undefined ? undefined : fromBase64(root)
  if (!origin || !/^[1-9]\d{0,15}$/.test(size ?? '') || bytes?.length !== 32 || rest.join('') !== '') return undefined
  if (!at?.startsWith('time ') || !previous?.startsWith('previous ')) return undefined
  return { origin, size: Number(size), root: bytes, at: at.slice(5), previous: previous.slice(9) }
}

/** The first head of a log comes after nothing. */
export const NO_HEAD = '-'
export const headHash = (ground: Ground, text: string) => base64Of(ground.sha256(ground.utf8(text)))

/** What vouches for a key: signed by the key before it, or, the first, by itself. */
export const keyStatement = (key: string, since: string) => `opsflow-key/1\n${key}\nsince ${since}\n`

export function readKeyStatement(text: string): { key: string; since: string } | undefined {
  const [format, key, since] = text.split('\n')
  if (format !== 'opsflow-key/1' || !key || !since?.startsWith('since ')) return undefined
  return { key, since: since.slice(6) }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, n) => Number.parseInt(text.slice(2 * n, 2 * n + 2), 16))
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let n = 0; n < bytes.length; n += 3) {
    const three = ((bytes[n] ?? 0) << 16) | ((bytes[n + 1] ?? 0) << 8) | (bytes[n + 2] ?? 0)
    text += DIGITS.charAt(three >> 18) + DIGITS.charAt((three >> 12) & 63)
    text += n + 1 < bytes.length ? DIGITS.charAt((three >> 6) & 63) : '='
    text += n + 2 < bytes.length ? DIGITS.charAt(three & 63) : '='
  }
  return text
}

/** One text a value: what does not come out again as it went in is refused. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const digits = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  for (let n = 0; n < bytes.length; n++) {
    const bit = n * 8
    const of = (at: number) => DIGITS.indexOf(digits.charAt(at))
    const at = Math.floor(bit / 6)
    const two = (of(at) << 6) | (at + 1 < digits.length ? of(at + 1) : 0)
    bytes[n] = (two >> (4 - (bit % 6))) & 255
  }
  return base64Of(bytes) === text ? bytes : undefined
}
