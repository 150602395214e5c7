import type { Actor } from '@opsflow/platform/actor'
import { refuse } from '@opsflow/platform/refusal'
import type { Call } from '@opsflow/platform/server/http/implement'
import { IDLE_SECONDS, type Kiosk, type Tablet, type TabletStaff } from '../kiosk.ts'
import { ONE_KIOSK, STAFF } from './store.ts'
import type { OpenTablets } from './tablets.ts'

const unknown = (): Tablet => ({
  state: 'unknown',
  kiosk: null,
  organization: null,
  location: null,
  staff: [],
  idleSeconds: IDLE_SECONDS,
  guardedUntil: null,
  at: new Date().toISOString(),
  person: null,
})

/** What a tablet may see of itself. Its staff is read as the tablet, or as whoever is at it: at its location only. */
export async function tabletView(
  tablets: OpenTablets,
  actor: Actor | null,
  { http, database }: Pick<Call<object>, 'http' | 'database'>,
): Promise<Tablet> {
  if (!tablets.cookies.keyIn(http.headers)) return unknown()
  const row = await tablets.rowOf(http.headers)
  if (!row || row.isWiped) return { ...unknown(), state: 'wiped' }
  const seen: Tablet = {
    ...unknown(),
    state: 'locked',
    kiosk: { id: row.kioskId, name: row.name },
    organization: { id: row.organizationId, name: row.organizationName },
    location: { id: row.locationId, name: row.locationName },
  }
  if (row.isLocked || row.suspended || !actor) return seen
  const [kiosks, staff] = (await database.readBatch(actor, [
    { sql: ONE_KIOSK, params: [row.kioskId, row.organizationId] },
    { sql: STAFF, params: [row.tenantId, row.organizationId, row.locationId] },
  ])) as [Kiosk[], TabletStaff[]]
  const guardedUntil = kiosks[0]?.guardedUntil ?? null
  const person =
    row.memberId && actor.kind === 'member'
      ? { id: row.memberId, name: row.memberName ?? '', mustChangePin: row.mustChangePin }
      : null
  return { ...seen, state: guardedUntil ? 'guarded' : 'ready', guardedUntil, staff, person }
}

/** The tablet's last word. What it held is delivered; its browser is told to clear what is left, and its key goes. */
export async function forgetTablet(tablets: OpenTablets, http: Pick<Call<object>, 'http'>['http']): Promise<void> {
  const row = await tablets.rowOf(http.headers)
  if (row && !row.isWiped) {
    refuse('conflict', 'kiosks.in_use', { detail: 'This tablet is in use. A manager wipes or revokes it.' })
  }
  if (row) await tablets.noteWipe(row)
  http.setHeader('clear-site-data', '"cookies", "storage"')
  http.setHeader('set-cookie', tablets.cookies.clearAll())
}
