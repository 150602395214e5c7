import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { Evidence, OwnerKind, ProvingPhoto } from '../evidence.ts'
import type { Standing } from '../standing.ts'
import { evidenceIdOf } from '../sync.ts'

const EVIDENCE = `
  select e.id, e.location_id as "locationId", e.owner_kind as "ownerKind", e.owner_id as "ownerId", e.file_id as "fileId",
         encode(e.sha256, 'hex') as sha256, e.named_at as "namedAt",
         case when e.named_by is not null then jsonb_build_object('id', e.named_by, 'name', m.name) end as "namedBy",
         case when e.kiosk_id is not null then jsonb_build_object('id', e.kiosk_id, 'name', k.name) end as kiosk,
         f.captured_at as "capturedAt", f.captured_quality as "capturedQuality", e.arrived_at as "arrivedAt",
         e.waived_at as "waivedAt",
         case when e.waived_by is not null then jsonb_build_object('id', e.waived_by, 'name', w.name) end as "waivedBy", e.waiver,
         e.replaced_by as "replacedBy", e.annotates
    from evidence e left join members m on m.tenant_id = e.tenant_id and m.id = e.named_by
                    left join members w on w.tenant_id = e.tenant_id and w.id = e.waived_by
                    left join kiosks k on k.tenant_id = e.tenant_id and k.id = e.kiosk_id
                    left join files f on f.tenant_id = e.tenant_id and f.id = e.file_id and e.arrived_at is not null
   where e.tenant_id = (select app.tenant())`

/** Parameters: kind and id of the record. */
export const EVIDENCE_OF = `${EVIDENCE} and e.owner_kind = $1 and e.owner_id = $2 order by e.named_at, e.id`

export const evidenceOf = (tx: ReadTx, ownerKind: OwnerKind, ownerId: string) =>
  tx.query<Evidence>(EVIDENCE_OF, [ownerKind, ownerId])

export const evidenceByIds = (tx: ReadTx, ids: readonly string[]) =>
  tx.query<Evidence>(`${EVIDENCE} and e.id = any ($1) order by e.named_at, e.id`, [ids])

/** Of these, what has arrived or was done without. */
export async function settledEvidence(tx: ReadTx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from evidence where tenant_id = (select app.tenant()) and id = any ($1::uuid[])
        and (arrived_at is not null or waived_at is not null or replaced_by is not null)`,
    [ids],
  )
  return rows.map(({ id }) => id)
}

/** A photo that is named and one that arrives may meet: each waits for the other, so that one of them sees both. */
export async function lockFiles(tx: Tx, ids: readonly string[]) {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended(id, 7)) from unnest($1::text[]) id order by id`, [ids])
}

export type Naming = {
  ownerKind: OwnerKind
  ownerId: string
  locationId: string
  photos: readonly ProvingPhoto[]
  by: string | null
  at: string
}

/** Those that were not named before. */
export async function insertEvidence(tx: Tx, naming: Naming): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `insert into evidence (id, location_id, owner_kind, owner_id, file_id, sha256, named_by, kiosk_id, named_at, annotates, arrived_at)
     select p.evidence, $1, $2, $3, p.id, decode(p.sha256, 'hex'), $4, $5, $6, p.annotates,
            (select f.arrived_at from files f where f.tenant_id = (select app.tenant()) and f.id = p.id
                and f.location_id = $1 and f.captured_sha256 = decode(p.sha256, 'hex'))
       from jsonb_to_recordset($7) p (evidence uuid, id uuid, sha256 text, annotates uuid)
     on conflict do nothing
     returning id`,
    [
      naming.locationId,
      naming.ownerKind,
      naming.ownerId,
      naming.by,
      tx.actor.kioskId ?? null,
      naming.at,
      JSON.stringify(naming.photos.map((photo) => ({ ...photo, evidence: evidenceIdOf(naming.ownerId, photo.id) }))),
    ],
  )
  return rows.map(({ id }) => id)
}

/** Whatever named exactly these bytes at this place has them now. */
export async function setArrived(tx: Tx, file: { id: string; sha256: string; locationId: string }): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `update evidence set arrived_at = now()
      where tenant_id = (select app.tenant()) and file_id = $1 and sha256 = decode($2, 'hex') and location_id = $3
        and arrived_at is null
      returning id`,
    [file.id, file.sha256, file.locationId],
  )
  return rows.map(({ id }) => id)
}

export const lockEvidence = (tx: Tx, ownerKind: OwnerKind, ownerId: string) =>
  tx.query<Standing & { id: string; locationId: string }>(
    `select id, location_id as "locationId", arrived_at as "arrivedAt", waived_at as "waivedAt", replaced_by as "replacedBy" from evidence
      where tenant_id = (select app.tenant()) and owner_kind = $1 and owner_id = $2 order by id for update`,
    [ownerKind, ownerId],
  )

/** Where the records are that named it. */
export async function placeOfFile(tx: ReadTx, fileId: string): Promise<string | null> {
  const [row] = await tx.query<{ locationId: string }>(
    `select location_id as "locationId" from evidence where tenant_id = (select app.tenant()) and file_id = $1 limit 1`,
    [fileId],
  )
  return row?.locationId ?? null
}

/** Of every record that named it. */
export const lockEvidenceOfFile = (tx: Tx, fileId: string) =>
  tx.query<
    Standing &
      Pick<Evidence, 'id' | 'ownerKind' | 'ownerId' | 'locationId'> & { by: string | null; kioskId: string | null }
  >(
    `select id, owner_kind as "ownerKind", owner_id as "ownerId", location_id as "locationId", arrived_at as "arrivedAt",
            waived_at as "waivedAt", replaced_by as "replacedBy", named_by as by, kiosk_id as "kioskId"
       from evidence where tenant_id = (select app.tenant()) and file_id = $1 order by id for update`,
    [fileId],
  )

export const setReplaced = (tx: Tx, ids: readonly string[], fileId: string) =>
  tx.query('update evidence set replaced_by = $2 where tenant_id = (select app.tenant()) and id = any ($1::uuid[])', [
    ids,
    fileId,
  ])

export async function setWaived(tx: Tx, ids: readonly string[], by: string | null, reason: string, at: string) {
  await tx.query(
    `update evidence set waived_at = $2, waived_by = $3, waiver = $4
      where tenant_id = (select app.tenant()) and id = any ($1)`,
    [ids, at, by, reason],
  )
}

/** A photo as a device names it; without hash and place, any of that id. */
export type AskedPhoto = { id: string; sha256?: string; locationId?: string }
export type Device = { clientId: string; memberId: string | null; kioskId: string | null }

/**
 * Does a record of this device name this photo: one that stands, made by its person or on its tablet, or one that it
 * handed over and that waits for a manager?
 */
export async function isNamedBy(tx: ReadTx, device: Device, { id, sha256, locationId }: AskedPhoto): Promise<boolean> {
  const [row] = await tx.query<{ named: boolean }>(
    `select ($5::uuid is null or exists (select from locations l
              where l.tenant_id = (select app.tenant()) and l.organization_id = $7 and l.id = $5))
        and (exists (select from evidence e
              where e.tenant_id = (select app.tenant()) and e.file_id = $1::uuid and (e.named_by = $3 or e.kiosk_id = $4)
                and ($2::text is null or e.sha256 = decode($2, 'hex')) and ($5::uuid is null or e.location_id = $5))
          or exists (select from sync_mutations m
              where m.tenant_id = (select app.tenant()) and m.client_id = $6
                and jsonb_path_exists(m.args, '$.** ? (@.id == $id && ($sha256 == null || @.sha256 == $sha256))',
                                      jsonb_build_object('id', $1::uuid::text, 'sha256', $2::text)))) as named`,
    [id, sha256 ?? null, device.memberId, device.kioskId, locationId ?? null, device.clientId, tx.actor.organizationId],
  )
  return row?.named === true
}

/** A photo as it is called on paper. */
export type PhotoNamed = {
  ownerId: string
  /** The file’s own hash, as it was taken: what it can be recognised by. */
  sha256: string
  namedAt: string
  /** The copy to print, small and large enough for paper. Null: it has not arrived, or was done without. */
  storedSha256: string | null
  /** Drawn on another photo of the record, which stands beside it as it was taken. */
  isDrawn: boolean
}

/** Photos that these records named, by the time they were named. */
export const photosNamedBy = (tx: ReadTx, ownerKind: OwnerKind, ownerIds: readonly string[]): Promise<PhotoNamed[]> =>
  ownerIds.length === 0
    ? Promise.resolve([])
    : tx.query<PhotoNamed>(
        `select e.owner_id as "ownerId", encode(e.sha256, 'hex') as sha256, e.named_at as "namedAt",
                encode(coalesce(f.thumbnail_sha256, f.stored_sha256), 'hex') as "storedSha256",
                e.annotates is not null as "isDrawn"
           from evidence e
           left join files f on f.tenant_id = e.tenant_id and f.id = e.file_id and e.arrived_at is not null
                            and f.media_type = 'image/jpeg'
          where e.tenant_id = (select app.tenant()) and e.owner_kind = $1 and e.owner_id = any ($2::uuid[])
          order by e.named_at, e.id`,
        [ownerKind, ownerIds],
      )
