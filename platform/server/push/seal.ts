import { createCipheriv, createECDH, ECDH, hkdfSync, randomBytes } from 'node:crypto'

/** Whom a message is sealed for: the browser's P-256 point (65 bytes) and its shared secret (16 bytes). */
export type Recipient = { p256dh: Buffer; authSecret: Buffer }

/** One record holds all of it; services take no more than this. */
const RECORD_BYTES = 4096
const OVERHEAD_BYTES = 16 + 4 + 1 + 65 + 1 + 16
export const MOST_PLAIN_BYTES = RECORD_BYTES - OVERHEAD_BYTES

/** So that only this browser can read it, and the service between cannot: RFC 8291 with the coding of RFC 8188. */
export function seal(
  plain: Buffer,
  recipient: Recipient,
  chance = { sender: newSender(), salt: randomBytes(16) },
): Buffer {
  if (plain.length > MOST_PLAIN_BYTES) throw new RangeError('too long for one record')
  const { sender, salt } = chance
  const senderPoint = sender.getPublicKey()
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), recipient.p256dh, senderPoint])
  const shared = derive(sender.computeSecret(recipient.p256dh), recipient.authSecret, info, 32)
  const key = derive(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(RECORD_BYTES)
  // The 2 ends the last record; this is the only one.
  const sealed = [cipher.update(plain), cipher.update(Buffer.of(2)), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat([salt, size, Buffer.of(senderPoint.length), senderPoint, ...sealed])
}

/** A point that lies on the curve, and a secret of the right length: what can be sealed for. */
export function isRecipient({ p256dh, authSecret }: Recipient): boolean {
  try {
    return (
      authSecret.length === 16 &&
      p256dh.length === 65 &&
      ECDH.convertKey(p256dh, 'prime256v1', undefined, undefined, 'uncompressed').length > 0
    )
  } catch {
    return false
  }
}

/** A pair for one message only. */
function newSender(): ECDH {
  const sender = createECDH('prime256v1')
  sender.generateKeys()
  return sender
}

const derive = (secret: Buffer, salt: Buffer, info: Buffer, bytes: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes))
