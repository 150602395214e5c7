import { sha256 } from '@noble/hashes/sha2.js'
import type { Ground } from '@opsflow/platform/signed-note'

const encoder = new TextEncoder()

/** What hashes and verifies in a browser. */
export const ground: Ground = {
  sha256(...parts) {
    const hash = sha256.create()
    for (const part of parts) hash.update(part)
    return hash.digest()
  },
  utf8: (text) => encoder.encode(text),
  async isSignedBy(publicKey, message, signature) {
    const key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify'])
    return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message))
  },
}
