import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../../actor.ts'
import type { Database } from '../tenant.ts'

/** What a paper is, for whoever holds it later. */
export type AboutPaper = {
  kind: 'record' | 'pack' | 'point'
  locationId: string
  /** Of a record: whose. Of a point: of which plan. */
  subjectId: string | null
  /** Of a pack or a point: its business days. */
  from: string | null
  to: string | null
  title: string
  /** Whom it was given to. */
  givenTo: string | null
}

/** Draws a paper that leads to what is kept of it: its kind, its place, and the hash of its bytes. */
export type PaperRegister = {
  make: (actor: Actor, about: AboutPaper, draw: (address: string) => Promise<Uint8Array>) => Promise<Uint8Array>
}

type Parts = {
  database: Database
  /** What is kept of a code: enough to recognise it, nothing to use. */
  digest: (code: string) => Buffer
  publicUrl: string
}

export const paperRegister = ({ database, digest, publicUrl }: Parts): PaperRegister => ({
  async make(actor, about, draw) {
    // 128 bits of chance: whoever knows it holds the paper. Behind the #, so that no server and no log sees it.
    const code = randomBytes(16).toString('base64url')
    const bytes = await draw(`${publicUrl}/verify#${code}`)
    const sha256 = createHash('sha256').update(bytes).digest()
    const { kind, locationId, subjectId, from, to, title, givenTo } = about
    await database.write(actor, (tx) =>
      tx.query(
        `insert into papers (location_id, kind, subject_id, first_day, last_day, title, given_to, code_hash, sha256, size, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          ...[locationId, kind, subjectId, from, to, title.slice(0, 300), givenTo, digest(code), sha256, bytes.length],
          actor.kind === 'member' ? actor.id : null,
        ],
      ),
    )
    return bytes
  },
})
