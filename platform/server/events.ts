import type { Tx } from './tenant.ts'

/** Something that was changed on purpose: who is the transaction's actor, when is now. */
export type Change = {
  /** Past tense and of its capability, as a fact's name: `people.role_granted`. */
  name: string
  /** What was changed: a member, a role, a location, a kiosk. */
  subjectId: string
  /** Where, when it concerns one location; otherwise the whole organization. */
  locationId?: string | null
  /** What was true before and what is true now; of either, only what changed. */
  before?: object | null
  after?: object | null
}

/** Many lines at once, for what changes many things: an import. */
export async function recordEvents(tx: Tx, changes: readonly Change[]): Promise<void> {
  const lines = changes.map(({ name, subjectId, locationId, before, after }) => ({
    name,
    subject: subjectId,
    location: locationId ?? null,
    before: before ?? null,
    after: after ?? null,
  }))
  await tx.query(
    `insert into events (tenant_id, actor, organization_id, location_id, name, subject_id, before, after)
     select (select app.tenant()), (select app.actor()), $1, location, name, subject, before, after
       from jsonb_to_recordset($2) as line (name text, subject uuid, location uuid, before jsonb, after jsonb)`,
    [tx.actor.organizationId, JSON.stringify(lines)],
  )
}

/** A line of the audit trail, in the transaction of the change itself: both are stored or neither. */
export async function recordEvent(tx: Tx, { name, subjectId, locationId, before, after }: Change): Promise<void> {
  await tx.query(
    'insert into events (organization_id, location_id, name, subject_id, before, after) values ($1, $2, $3, $4, $5, $6)',
    [tx.actor.organizationId, locationId ?? null, name, subjectId, before ?? null, after ?? null],
  )
}
