import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. About 50 ms on one core. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
const derive = promisify(argon2)

export type PinHashes = {
  hash: (memberId: string, pin: string) => Promise<string>
  /** The same work whether there is a hash or not. */
  matches: (memberId: string, pin: string, hash: string | null) => Promise<boolean>
}

/**
 * A PIN has only a million values, so a copy of the table alone must be worthless: the pepper lives outside the
 * database. The member is part of what is hashed, so that a hash moved to another row opens nothing.
 */
export function pinHashes(pepper: string): PinHashes {
  const secret = Buffer.from(pepper)
  const tagOf = (memberId: string, pin: string, nonce: Buffer) =>
    derive('argon2id', { ...COST, message: pin, nonce, secret, associatedData: Buffer.from(memberId) })
  const nobody = { nonce: randomBytes(16), tag: randomBytes(COST.tagLength) }

  return {
    async hash(memberId, pin) {
      const nonce = randomBytes(16)
      return `${FORMAT}$${nonce.toString('base64url')}$${(await tagOf(memberId, pin, nonce)).toString('base64url')}`
    },
    async matches(memberId, pin, hash) {
      const known = hash === null ? null : parsed(hash)
      const { nonce, tag } = known ?? nobody
      return timingSafeEqual(await tagOf(memberId, pin, nonce), tag) && known !== null
    },
  }
}

/** Says how it was made: when the cost rises, older hashes are told apart by it. */
const FORMAT = `argon2id$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}`

function parsed(hash: string): { nonce: Buffer; tag: Buffer } {
  const [algorithm, cost, nonce = '', tag = ''] = hash.split('$')
  if (`${algorithm}$${cost}` !== FORMAT) throw new Error(`a PIN was hashed as ${algorithm}$${cost}`)
  return { nonce: Buffer.from(nonce, 'base64url'), tag: Buffer.from(tag, 'base64url') }
}
