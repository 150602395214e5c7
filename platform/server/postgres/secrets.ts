import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CannotStart } from '../cannot-start.ts'
import { newVapidKeys, VapidPrivateKey, VapidPublicKey } from '../push/vapid.ts'

/** What this installation alone knows. Made once, at the first start; losing it means losing the embedded database. */
const Secrets = z.strictObject({
  passwords: z.strictObject({
    postgres: z.string(),
    owner: z.string(),
    app: z.string(),
    auth: z.string(),
    relay: z.string(),
    sealer: z.string(),
  }),
  /** Signs the tenant context of every transaction. 32 bytes, base64. */
  contextKey: z.base64(),
  /** Signs sessions. */
  authSecret: z.string(),
  /** Hashed into every API and device key. */
  pepper: z.string(),
  /** Signs the heads of evidence logs: the seed of an Ed25519 key, 32 bytes, base64. */
  ledgerKey: z.base64(),
  /** What push services know this installation by. Taken out of the file, it is made anew, and devices renew themselves. */
  vapid: z.strictObject({ publicKey: VapidPublicKey, privateKey: VapidPrivateKey }),
})
export type Secrets = z.infer<typeof Secrets>

export const secretsFile = (dataDir: string) => join(dataDir, 'secrets.json')

export function readOrMakeSecrets(dataDir: string): Secrets {
  const file = secretsFile(dataDir)
  if (!existsSync(file)) return writeSecrets(file, newSecrets())
  const read = Kept.safeParse(parseJson(readFileSync(file, 'utf8')))
  if (read.success) {
    const { passwords, ledgerKey, vapid } = read.data
    const whole = withWhatIsNew(read.data)
    return passwords.sealer && ledgerKey && vapid ? whole : writeSecrets(file, whole)
  }
  throw new CannotStart(`${file} is damaged (${z.prettifyError(read.error)}). Put back a copy of it.`)
}

/** A file of before something was added to it: that alone is made. */
const Kept = Secrets.partial({ vapid: true, ledgerKey: true }).extend({
  passwords: Secrets.shape.passwords.partial({ sealer: true }),
})

const withWhatIsNew = ({ passwords, vapid, ledgerKey, ...kept }: z.infer<typeof Kept>): Secrets => ({
  ...{ passwords: { ...passwords, sealer: passwords.sealer ?? newPassword() }, ...kept },
  ledgerKey: ledgerKey ?? newLedgerKey(),
  vapid: vapid ?? newVapidKeys(),
})

const newPassword = () => randomBytes(24).toString('base64url')
export const newLedgerKey = () => randomBytes(32).toString('base64')

/** After the statement of the key before: heads are signed by this one from the next start on. */
export function keepLedgerKey(dataDir: string, ledgerKey: string) {
  writeSecrets(secretsFile(dataDir), { ...readOrMakeSecrets(dataDir), ledgerKey })
}

export function newSecrets(): Secrets {
  return {
    passwords: {
      ...{ postgres: newPassword(), owner: newPassword(), app: newPassword() },
      ...{ auth: newPassword(), relay: newPassword(), sealer: newPassword() },
    },
    ledgerKey: newLedgerKey(),
    contextKey: randomBytes(32).toString('base64'),
    authSecret: randomBytes(32).toString('base64url'),
    pepper: randomBytes(32).toString('base64url'),
    vapid: newVapidKeys(),
  }
}

function writeSecrets(file: string, secrets: Secrets): Secrets {
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  return secrets
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
