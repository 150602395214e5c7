import type { DrawnLogo } from '@opsflow/platform/server/files/draw-logo'
import { LOGO_COLUMNS, type StoredLogo } from '@opsflow/platform/server/paper/store-logo'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'

const MINE = `from organization_logos where tenant_id = (select app.tenant()) and organization_id = $1`

export const logoById = async (tx: ReadTx, id: string): Promise<StoredLogo | undefined> =>
  (await tx.query<StoredLogo>(`select ${LOGO_COLUMNS} ${MINE} and id = $2`, [tx.actor.organizationId, id]))[0]

/** Undefined where the same picture is there already. */
export async function insertLogo(tx: Tx, drawn: DrawnLogo): Promise<string | undefined> {
  const { sha256, png, width, height, vanishesOnLight, vanishesOnDark } = drawn
  const [made] = await tx.query<{ id: string }>(
    `insert into organization_logos (organization_id, sha256, size, width, height, vanishes_on_light, vanishes_on_dark)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant_id, organization_id, sha256) do nothing returning id`,
    [tx.actor.organizationId, sha256, png.length, width, height, vanishesOnLight, vanishesOnDark],
  )
  return made?.id
}

export const logoOfHash = async (tx: ReadTx, sha256: Buffer): Promise<StoredLogo | undefined> =>
  (await tx.query<StoredLogo>(`select ${LOGO_COLUMNS} ${MINE} and sha256 = $2`, [tx.actor.organizationId, sha256]))[0]

/** One, or none. Whoever comes second waits for the first. */
export async function putInUse(tx: Tx, id: string | null): Promise<void> {
  const { organizationId } = tx.actor
  await tx.query(`select from organizations where tenant_id = (select app.tenant()) and id = $1 for no key update`, [
    organizationId,
  ])
  await tx.query(
    `update organization_logos set in_use = false
      where tenant_id = (select app.tenant()) and organization_id = $1 and in_use and id is distinct from $2`,
    [organizationId, id],
  )
  await tx.query(
    `update organization_logos set in_use = true
      where tenant_id = (select app.tenant()) and organization_id = $1 and id = $2 and not in_use`,
    [organizationId, id],
  )
}

/** All but the last `most` that nobody uses go; answers what of them lay in the storage. */
export const forgetOldLogos = (tx: Tx, most: number) =>
  tx.query<{ sha256: string; size: number }>(
    `delete from organization_logos where tenant_id = (select app.tenant()) and id in (
       select id ${MINE} and not in_use order by added_at desc, id desc offset $2)
     returning encode(sha256, 'hex') as sha256, size`,
    [tx.actor.organizationId, most],
  )

/** Does a logo of this customer lie under this hash? */
export const isLogo = async (tx: ReadTx, sha256: string): Promise<boolean> =>
  (
    await tx.query(
      `select from organization_logos where tenant_id = (select app.tenant()) and sha256 = decode($1, 'hex') limit 1`,
      [sha256],
    )
  ).length > 0
