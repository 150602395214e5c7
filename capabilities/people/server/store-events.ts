/**
 * The trail of the organization, newest first. In `$3` the locations of a reader who may not see all of it. An actor is
 * `kind:id`, with `/kiosk:id` behind a person at a shared tablet.
 */
export const EVENTS = `
  with e as (
    select v.*, split_part(split_part(v.actor, '/', 1), ':', 1) as kind,
           substr(split_part(v.actor, '/', 1), strpos(v.actor, ':') + 1) as actor_id
      from events v
     where v.tenant_id = $1 and v.organization_id = $2
       and ($3::uuid[] is null or v.location_id = any ($3))
       and ($4::uuid is null or split_part(v.actor, '/', 1) like '%:' || $4)
       and ($5::uuid is null or v.subject_id = $5)
       and ($6::text is null or v.name = $6)
       and ($7::uuid is null or v.location_id = $7)
       and ($8::uuid is null or v.id < $8)
     order by v.id desc limit $9)
  select e.id, e.at, e.name, e.before, e.after,
         json_build_object('kind', e.kind, 'id', e.actor_id, 'name', coalesce(am.name, ak.name, ad.name),
                           'kioskId', nullif(split_part(e.actor, '/kiosk:', 2), '')) as actor,
         json_build_object('id', e.subject_id, 'name', coalesce(m.name, r.name, l.name, b.name, k.name, d.name)) as subject,
         case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as location
    from e
    left join members am on e.kind = 'member' and am.tenant_id = e.tenant_id and am.id::text = e.actor_id
    left join api_keys ak on e.kind = 'key' and ak.tenant_id = e.tenant_id and ak.id::text = e.actor_id
    left join devices ad on e.kind = 'device' and ad.tenant_id = e.tenant_id and ad.id::text = e.actor_id
    left join members m on m.tenant_id = e.tenant_id and m.id = e.subject_id
    left join roles r on r.tenant_id = e.tenant_id and r.id = e.subject_id
    left join locations l on l.tenant_id = e.tenant_id and l.id = e.subject_id
    left join location_groups b on b.tenant_id = e.tenant_id and b.id = e.subject_id
    left join api_keys k on k.tenant_id = e.tenant_id and k.id = e.subject_id
    left join devices d on d.tenant_id = e.tenant_id and d.id = e.subject_id
    left join locations p on p.tenant_id = e.tenant_id and p.id = e.location_id
   order by e.id desc`
