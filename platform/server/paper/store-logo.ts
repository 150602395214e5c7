import type { ReadTx } from '../tenant.ts'

/** An organization's logo as it is kept: what it looks like, and by which hash its bytes lie in the storage. */
export type StoredLogo = {
  id: string
  width: number
  height: number
  vanishesOnLight: boolean
  vanishesOnDark: boolean
  sha256: string
  size: number
}

export const LOGO_COLUMNS = `id, width, height, vanishes_on_light as "vanishesOnLight", vanishes_on_dark as "vanishesOnDark",
  encode(sha256, 'hex') as sha256, size`

/** The one in use in the actor's organization. */
export const logoInUse = async (tx: ReadTx): Promise<StoredLogo | null> =>
  (
    await tx.query<StoredLogo>(
      `select ${LOGO_COLUMNS} from organization_logos
        where tenant_id = (select app.tenant()) and organization_id = $1 and in_use`,
      [tx.actor.organizationId],
    )
  )[0] ?? null
