import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { HaccpPlan, HaccpRevision, PlanSignature, PlanSummary, RevisionSummary, Shown } from '../haccp-plan.ts'
import type { PlanContent } from '../plan.ts'
import type { Meaning } from '../words.ts'

const PERSON = `case when m.id is not null then jsonb_build_object('id', m.id, 'name', m.name) end`
const APPROVED = `
  join haccp_signatures g on g.tenant_id = r.tenant_id and g.revision_id = r.id and g.meaning = 'approved'
  left join members m on m.tenant_id = g.tenant_id and m.id = g.signed_by`

/** That it still holds was signed last by, and when. */
const REVIEWED = `
  (select jsonb_build_object('at', v.signed_at, 'comment', v.comment,
                             'by', case when vm.id is not null then jsonb_build_object('id', vm.id, 'name', vm.name) end)
     from haccp_signatures v left join members vm on vm.tenant_id = v.tenant_id and vm.id = v.signed_by
    where v.tenant_id = p.tenant_id and v.revision_id = p.in_force_id and v.meaning = 'reviewed'
    order by v.signed_at desc, v.id desc limit 1)`

const SUMMARY = `
  p.id, p.location_id as "locationId", p.name, p.is_changed as "isChanged", p.points, p.created_at as "createdAt",
  p.updated_at as "updatedAt", p.archived_at as "archivedAt",
  (select jsonb_build_object('id', r.id, 'number', r.number, 'signedAt', g.signed_at, 'signedBy', ${PERSON},
                             'reviewDue', to_char(p.review_due, 'YYYY-MM-DD'), 'reviewed', ${REVIEWED})
     from haccp_revisions r ${APPROVED}
    where r.tenant_id = p.tenant_id and r.id = p.in_force_id) as "inForce"`

export const listPlans = (tx: ReadTx, locationId: string | undefined, archived: boolean) =>
  tx.query<PlanSummary>(
    `select ${SUMMARY} from haccp_plans p
      where p.tenant_id = (select app.tenant()) and (p.archived_at is not null) = $2 and ($1::uuid is null or p.location_id = $1)
      order by p.archived_at desc, p.name, p.id limit 500`,
    [locationId ?? null, archived],
  )

export type StoredPlan = Omit<HaccpPlan, 'missing' | 'revisions'> & { reviewSince: string | null }

export const readPlan = async (tx: ReadTx, id: string): Promise<StoredPlan | undefined> =>
  (
    await tx.query<StoredPlan>(
      `select ${SUMMARY}, p.draft, p.revision, p.review_since as "reviewSince"
         from haccp_plans p where p.tenant_id = (select app.tenant()) and p.id = $1`,
      [id],
    )
  )[0]

/** Locked for a command; read after the lock is held. */
export async function lockPlan(tx: Tx, id: string): Promise<StoredPlan | undefined> {
  await tx.query('select from haccp_plans where tenant_id = (select app.tenant()) and id = $1 for no key update', [id])
  return readPlan(tx, id)
}

export const revisionsOf = (tx: ReadTx, planId: string) =>
  tx.query<RevisionSummary>(
    `select r.id, r.number, r.note, g.signed_at as "signedAt", ${PERSON} as "signedBy"
       from haccp_revisions r ${APPROVED}
      where r.tenant_id = (select app.tenant()) and r.plan_id = $1 order by r.number desc limit 500`,
    [planId],
  )

type NewPlanRow = { locationId: string; name: string; draft: PlanContent; points: number }

export async function insertPlan(tx: Tx, { locationId, name, draft, points }: NewPlanRow): Promise<string> {
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  const [made] = await tx.query<{ id: string }>(
    'insert into haccp_plans (location_id, name, draft, points, created_by) values ($1, $2, $3, $4, $5) returning id',
    [locationId, name, JSON.stringify(draft), points, by],
  )
  return (made as { id: string }).id
}

export const isNameTaken = async (
  tx: ReadTx,
  { locationId, name }: { locationId: string; name: string },
  but: string | null,
) =>
  (
    await tx.query(
      `select from haccp_plans where tenant_id = (select app.tenant()) and location_id = $1 and lower(name) = lower($2)
          and archived_at is null and id is distinct from $3`,
      [locationId, name, but],
    )
  ).length > 0

export const saveDraft = (tx: Tx, id: string, draft: PlanContent, points: number, isChanged: boolean) =>
  tx.query(
    `update haccp_plans set draft = $2, points = $3, is_changed = $4, revision = revision + 1, updated_at = now()
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, JSON.stringify(draft), points, isChanged],
  )

export const saveName = (tx: Tx, id: string, name: string, isArchived: boolean) =>
  tx.query(
    `update haccp_plans set name = $2, archived_at = case when $3 then coalesce(archived_at, now()) end, updated_at = now()
      where tenant_id = (select app.tenant()) and id = $1`,
    [id, name, isArchived],
  )

export type StoredRevision = Omit<HaccpRevision, 'signatures' | 'before' | 'signedAt' | 'signedBy'>

export const readRevision = async (tx: ReadTx, id: string): Promise<StoredRevision | undefined> =>
  (
    await tx.query<StoredRevision>(
      `select r.id, r.number, r.note, r.plan_id as "planId", r.location_id as "locationId", r.name, r.content, r.shown,
              encode(r.digest, 'hex') as digest, r.id is not distinct from p.in_force_id as "isInForce",
              case when r.id = p.in_force_id then to_char(p.review_due, 'YYYY-MM-DD') end as "reviewDue"
         from haccp_revisions r join haccp_plans p on p.tenant_id = r.tenant_id and p.id = r.plan_id
        where r.tenant_id = (select app.tenant()) and r.id = $1`,
      [id],
    )
  )[0]

export const revisionOfNumber = async (tx: ReadTx, planId: string, number: number) =>
  (
    await tx.query<{ id: string; number: number; content: PlanContent }>(
      `select id, number, content from haccp_revisions where tenant_id = (select app.tenant()) and plan_id = $1 and number = $2`,
      [planId, number],
    )
  )[0]

export const signaturesOf = (tx: ReadTx, revisionId: string) =>
  tx.query<PlanSignature>(
    `select g.id, g.meaning, g.comment, g.signed_at as "signedAt", ${PERSON} as by
       from haccp_signatures g left join members m on m.tenant_id = g.tenant_id and m.id = g.signed_by
      where g.tenant_id = (select app.tenant()) and g.revision_id = $1 order by g.signed_at, g.id limit 500`,
    [revisionId],
  )

type NewRevision = {
  locationId: string
  planId: string
  number: number
  name: string
  content: PlanContent
  shown: Shown
  digest: Buffer
  note: string
}

export async function insertRevision(tx: Tx, one: NewRevision): Promise<string> {
  const [made] = await tx.query<{ id: string }>(
    `insert into haccp_revisions (location_id, plan_id, number, name, content, shown, digest, note)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      ...[one.locationId, one.planId, one.number, one.name, JSON.stringify(one.content), JSON.stringify(one.shown)],
      ...[one.digest, one.note],
    ],
  )
  return (made as { id: string }).id
}

type NewSignature = { locationId: string; revisionId: string; meaning: Meaning; comment: string; at: string | null }

export async function insertSignature(tx: Tx, { locationId, revisionId, meaning, comment, at }: NewSignature) {
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  const [made] = await tx.query<{ id: string }>(
    `insert into haccp_signatures (location_id, revision_id, meaning, comment, signed_by, signed_at)
     values ($1, $2, $3, $4, $5, coalesce($6, now())) returning id`,
    [locationId, revisionId, meaning, comment, by, at],
  )
  return (made as { id: string }).id
}

/** From now on this is the plan, and that is when it is to be looked at again. */
export const putInForce = (tx: Tx, planId: string, revisionId: string, since: string, due: string) =>
  tx.query(
    `update haccp_plans set in_force_id = $2, review_since = $3, review_due = $4, is_changed = false
      where tenant_id = (select app.tenant()) and id = $1`,
    [planId, revisionId, since, due],
  )

export const moveReview = (tx: Tx, planId: string, since: string, due: string) =>
  tx.query(
    `update haccp_plans set review_since = $2, review_due = $3 where tenant_id = (select app.tenant()) and id = $1`,
    [planId, since, due],
  )
