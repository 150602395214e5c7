import type { Readable } from 'node:stream'

/**
 * Where bytes lie: a folder, or a bucket. Everything is written once and whole; what changes lies in the database.
 * Kept files are called by their own hash, so that writing one twice is writing it once.
 */
export type FileStorage = {
  /** Durable and whole when it resolves, or not there at all. */
  put: (key: string, bytes: Uint8Array) => Promise<void>
  get: (key: string) => Promise<Buffer | undefined>
  open: (key: string) => Promise<Readable | undefined>
  /** This one. What is not there is removed already. */
  remove: (key: string) => Promise<void>
  /** Everything under this folder of keys. What is not there is removed already. */
  removeAll: (folder: string) => Promise<void>
  /** Writes and reads a word, so that a storage that cannot is found at the start and not with the first photo. */
  check: () => Promise<void>
  close: () => void
}

export const keptKey = (tenantId: string, sha256: string) => sure(`t/${tenantId}/${sha256}`)
export const piecesFolder = (tenantId: string, uploadId: string) => `u/${tenantId}/${uploadId}`
export const pieceKey = (tenantId: string, uploadId: string, name: string) =>
  sure(`${piecesFolder(tenantId, uploadId)}/${name}`)
export const CHECK_KEY = 'check'

/** Where the latest head of an evidence log lies, and the last one of each day: names that stay. */
export const headKey = (logId: string, day?: string) => sure(`l/${logId}/${day ?? 'head'}`)
const KEY =
  /^(t\/[0-9a-f-]{36}\/[0-9a-f]{64}|l\/[0-9a-f-]{36}\/(head|\d{4}-\d\d-\d\d)|u\/[0-9a-f-]{36}\/[0-9a-f-]{36}(\/[0-9a-f-]{36})?|check)$/

/** Keys are made of ids and hashes, never of what a client wrote. Anything else is a bug, found before it is a path. */
export function sure(key: string): string {
  if (!KEY.test(key)) throw new Error(`${JSON.stringify(key)} is no key of the file storage`)
  return key
}
