import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { type Ground, keyStatement, signatureLine, type VerifierKey, verifierKey } from '../../signed-note.ts'

/** What hashes and verifies in this process. */
export const nodeGround: Ground = {
  // In one call: an object for each hash took most of the time of verifying.
  sha256: (...parts) => hash('sha256', parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts), 'buffer'),
  utf8: (text) => Buffer.from(text, 'utf8'),
  isSignedBy: (publicKey, message, signature) => {
    const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
    return verify(null, message, key, signature)
  },
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in DER. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Under what name an installation signs. Which installation it is, the key says. */
const NAME = 'opsflow-evidence'

export type LedgerKey = { verifier: VerifierKey; sign: (text: string) => string }

/** From the 32 bytes that are kept of an Ed25519 key. */
export function ledgerKey(seed: Buffer): LedgerKey {
  const secret: KeyObject = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(SPKI.length)
  const verifier = verifierKey(nodeGround, NAME, publicKey)
  return { verifier, sign: (text) => `${text}\n${signatureLine(verifier, sign(null, Buffer.from(text), secret))}` }
}

/** By which the one before vouches for the next; the first for itself. */
export const vouchedFor = (next: LedgerKey, by: LedgerKey, since: string) =>
  by.sign(keyStatement(next.verifier.text, since))
