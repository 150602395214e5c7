// Statements about tablets before a tenant is known: whose key is this? Asked as opsflow_auth.

const STANDING = `
  s.ended_at is null and s.active_at > now() - make_interval(secs => 135) and k.locked_at is null`

/** Two minutes without a touch, and the quarter of a minute between two notes of one. */
const stateOf = (which: string, session: string) => `
  select k.tenant_id as "tenantId", l.organization_id as "organizationId", o.name as "organizationName", o.slug,
         t.status <> 'active' as suspended, k.id as "kioskId", k.name, k.location_id as "locationId",
         l.name as "locationName", k.locked_at is not null as "isLocked", k.wiped_at is not null as "isWiped",
         k.last_seen_at is null or k.last_seen_at < now() - interval '1 minute' as unnoted,
         s.id as "sessionId", s.member_id as "memberId", m.name as "memberName",
         coalesce(p.is_temporary, true) as "mustChangePin"
    from ${which}
    join locations l on l.tenant_id = k.tenant_id and l.id = k.location_id
    join tenants t on t.tenant_id = k.tenant_id
    join organizations o on o.tenant_id = l.tenant_id and o.id = l.organization_id
    left join kiosk_sessions s on s.tenant_id = k.tenant_id and s.kiosk_id = k.id and ${session} and ${STANDING}
    left join members m on m.tenant_id = s.tenant_id and m.id = s.member_id
    left join member_pins p on p.tenant_id = s.tenant_id and p.member_id = s.member_id
   where k.revoked_at is null`

export type TabletRow = {
  tenantId: string
  organizationId: string
  organizationName: string
  slug: string
  suspended: boolean
  kioskId: string
  name: string
  locationId: string
  locationName: string
  isLocked: boolean
  isWiped: boolean
  unnoted: boolean
  sessionId: string | null
  memberId: string | null
  memberName: string | null
  mustChangePin: boolean
}

/** Parameters: digest of the key, digest of the session's token or null. */
export const TABLET_BY_KEY = `${stateOf('kiosks k', 's.token_hash = $2')} and k.key_hash = $1`

/** Parameters: tenants, kiosks, sessions or nulls; one of each for each tablet. */
export const TABLETS = stateOf(
  `unnest($1::uuid[], $2::uuid[], $3::uuid[]) as asked (tenant_id, kiosk_id, session_id)
    join kiosks k on k.tenant_id = asked.tenant_id and k.id = asked.kiosk_id and k.wiped_at is null`,
  's.id = asked.session_id',
)

export const NOTE_TABLET = 'update kiosks set last_seen_at = now() where tenant_id = $1 and id = $2'

/** A tablet that was told to forget everything has come by. */
export const NOTE_WIPE =
  'update kiosks set wipe_seen_at = now() where tenant_id = $1 and id = $2 and wipe_seen_at is null'

/** Once, within its time: of two that come at once, the second finds it used. */
export const ENROL = `
  with used as (
    update kiosk_codes set used_at = now()
     where code_hash = $1 and used_at is null and expires_at > now() returning tenant_id, kiosk_id)
  update kiosks k
     set key_hash = $2, enrolled_at = now(), last_seen_at = now(), wiped_at = null, wiped_by = null, wipe_seen_at = null
    from used join tenants t on t.tenant_id = used.tenant_id and t.status = 'active'
   where k.tenant_id = used.tenant_id and k.id = used.kiosk_id and k.revoked_at is null
   returning k.tenant_id as "tenantId", k.id, k.name, k.location_id as "locationId", (
     select l.organization_id from locations l where l.tenant_id = k.tenant_id and l.id = k.location_id) as "organizationId"`

export type Enrolled = { tenantId: string; organizationId: string; id: string; name: string; locationId: string }

/** Whoever was at the tablet before it was enrolled anew is so no longer. */
export const END_SESSIONS_OF_KIOSK =
  'update kiosk_sessions set ended_at = now() where tenant_id = $1 and kiosk_id = $2 and ended_at is null'

export const TOUCH = `
  update kiosk_sessions set active_at = now()
   where token_hash = $1 and ended_at is null and active_at > now() - make_interval(secs => 135)`

export const END_SESSION = 'update kiosk_sessions set ended_at = now() where token_hash = $1 and ended_at is null'
