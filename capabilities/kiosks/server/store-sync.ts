export type TabletStanding = { id: string; name: string; locationId: string; isLocked: boolean; isGone: boolean }

export const REPLICA_TABLET = `
  select id, name, location_id as "locationId", locked_at is not null as "isLocked",
         revoked_at is not null or wiped_at is not null as "isGone"
    from kiosks where id = $1`

export type ProofRow = {
  kioskId: string
  locationId: string
  isLocked: boolean
  hasPin: boolean
  /** One they chose themselves. */
  hasOwnPin: boolean
  /** It is still the PIN that the tablet looked at. */
  isSamePin: boolean
  /** The server opened this seat, on this tablet, for this person. */
  isSeated: boolean
  /** The server looked at their PIN for a signature, on this tablet. */
  isSigned: boolean
}

/**
 * What the server knows of a proof. Parameters: kiosk, organization, person, seat, receipt, when the PIN was set. People
 * who were removed are found too: what they did before is set aside, not refused.
 */
export const PROOF = `
  select k.id as "kioskId", k.location_id as "locationId", k.locked_at is not null as "isLocked",
         p.id is not null as "hasPin", coalesce(not p.is_temporary, false) as "hasOwnPin",
         coalesce(p.set_at = $6::timestamptz, false) as "isSamePin",
         exists (select from kiosk_sessions s where s.id = $4 and s.kiosk_id = k.id and s.member_id = m.id) as "isSeated",
         exists (select from pin_tries t where t.id = $5 and t.kiosk_id = k.id and t.tried_as = m.id
                    and t.purpose = 'signature' and t.succeeded_at is not null) as "isSigned"
    from kiosks k
    join members m on m.tenant_id = k.tenant_id and m.id = $3 and m.organization_id = $2
    left join member_pins p on p.tenant_id = m.tenant_id and p.member_id = m.id
   where k.id = $1`

/** Parameters: tenant, kiosk, the id before which to go on, limit. */
export const VOUCHED_WORK = `
  select w.id, w.name, json_build_object('id', m.id, 'name', m.name) as member, w.proved, w.outcome,
         w.occurred_at as "occurredAt", w.received_at as "receivedAt", w.time_quality as "timeQuality"
    from sync_mutations w join members m on m.tenant_id = w.tenant_id and m.id = w.member_id
   where w.tenant_id = $1 and w.kiosk_id = $2 and w.proved in ('tablet', 'outdated')
     and ($3::uuid is null or (w.received_at, w.id) < (select b.received_at, b.id from sync_mutations b where b.tenant_id = $1 and b.id = $3))
   order by w.received_at desc, w.id desc limit $4`
