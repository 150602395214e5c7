import { z } from 'zod'

const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/** Who: a person (at a shared tablet), an API key, a gateway, a tablet nobody signed in on, the system's own work, or the database beside the product. */
export const LedgerActor = z.object({
  kind: z.enum(['member', 'key', 'device', 'kiosk', 'system', 'database']),
  /** Of the system the name of the job, of the database the role; null: nobody knows the name any more. */
  name: z.string().nullable(),
  tablet: z.string().nullable(),
})
export type LedgerActor = z.infer<typeof LedgerActor>

/** A change as the evidence log has it: who and when, and what was there before and after as digests. */
export const LedgerEvent = z.object({
  id: z.uuid(),
  /** The table, and the row's key: of the record itself, or of what belongs to it. */
  kind: z.string(),
  recordId: z.string(),
  /** Its place in the log; null: not sealed yet. */
  leaf: z.int().nullable(),
  op: z.enum(['insert', 'update', 'delete', 'batch', 'adopt', 'forget', 'retire']),
  /** As the log has it. */
  actor: z.string(),
  by: LedgerActor,
  /** What the server says it was doing: a route, or a command with its id and the device's time. */
  doing: z.string().nullable(),
  place: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  at: z.iso.datetime(),
  before: Digest.nullable(),
  after: Digest.nullable(),
  /** The first head over it: so many changes were signed then. */
  head: z.object({ size: z.int(), at: z.iso.datetime() }).nullable(),
})
export type LedgerEvent = z.infer<typeof LedgerEvent>

/** `member:<id>/kiosk:<id>`: kind, what tells who, and the tablet. */
export function readActor(actor: string): { kind: LedgerActor['kind']; id: string; tabletId: string | null } {
  const [who = '', tablet] = actor.split('/kiosk:')
  const at = who.indexOf(':')
  const kind = LedgerActor.shape.kind.safeParse(who.slice(0, at))
  return { kind: kind.success ? kind.data : 'system', id: who.slice(at + 1), tabletId: tablet ?? null }
}

/** What a browser needs to check a record's history by itself (platform/record-check.ts). */
export const LedgerProof = z.object({
  origin: z.string(),
  keys: z.array(z.object({ verifier: z.string(), statement: z.string() })),
  head: z.string(),
  since: z.object({ size: z.int(), proof: z.array(Digest) }).nullable(),
  events: z.array(
    z.object({
      leaf: z.int(),
      source: z.string(),
      location: z.uuid().nullable(),
      body: z.string(),
      proof: z.array(Digest),
    }),
  ),
  /** Only for who may take out records with their proof. */
  rows: z.array(
    z.object({ source: z.string(), key: z.string(), nonce: z.string().nullable(), content: z.string().nullable() }),
  ),
})
export type LedgerProof = z.infer<typeof LedgerProof>

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
