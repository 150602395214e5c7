import { z } from 'zod'

const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/** A change as the evidence log has it: who and when, and what was there before and after as digests. */
export const LedgerEvent = z.object({
  id: z.uuid(),
  /** Its place in the log; null: not sealed yet. */
  leaf: z.int().nullable(),
  op: z.enum(['insert', 'update', 'delete', 'batch', 'adopt']),
  actor: z.string(),
  /** What the server says it was doing. */
  doing: z.string().nullable(),
  at: z.iso.datetime(),
  before: Digest.nullable(),
  after: Digest.nullable(),
})
export type LedgerEvent = z.infer<typeof LedgerEvent>

/** How far the log is. */
export const LedgerState = z.object({
  /** What the log is called in public; null: nothing was sealed yet. */
  logId: z.uuid().nullable(),
  size: z.int(),
  unsealed: z.int(),
  /** The last head, a signed note: whoever keeps it can tell later whether history was written anew. */
  head: z.string().nullable(),
  /** Verifier keys, the one in force last. */
  keys: z.array(z.string()),
  /** What can be exported by itself. */
  kinds: z.array(z.string()),
  /** Whether the caller may take out everything at once; otherwise location by location. */
  mayExportAll: z.boolean(),
})
export type LedgerState = z.infer<typeof LedgerState>

/** What of a log is public: no content, and nothing of whose it is. */
export const PublicHead = z.object({ logId: z.uuid(), head: z.string(), keys: z.array(z.string()) })
export type PublicHead = z.infer<typeof PublicHead>
