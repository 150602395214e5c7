-- The signature of a context travels in a setting of its own, app.seal: cutting it off the end of one long text cost as
-- much as checking it. Whatever comes in the old form, all in one, is still told apart from a forgery: servers of the
-- release before run on.
set local lock_timeout = '5s';

-- HMAC-SHA256 over the whole context, with the key's two pads (RFC 2104). Inlined where it is called.
create function app.is_sealed(context text, seal text, inner_pad bytea, outer_pad bytea) returns boolean language sql stable
as $$ select seal = encode(sha256(outer_pad || sha256(inner_pad || convert_to(context, 'UTF8'))), 'hex') $$;

create or replace function app.context_in_doubt(context text) returns text
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  seal text := current_setting('app.seal', true);
begin
  if context is null or context = '' then
    raise exception 'tenant context missing' using errcode = 'OF001';
  end if;
  perform from sec.context_keys k
    where app.is_sealed(context, seal, k.inner_pad, k.outer_pad)
       or app.is_signed(context, k.inner_pad, k.outer_pad)
       or (k.previous_until > clock_timestamp()
           and (app.is_sealed(context, seal, k.previous_inner_pad, k.previous_outer_pad)
                or app.is_signed(context, k.previous_inner_pad, k.previous_outer_pad)));
  if not found then
    raise exception 'tenant context forged' using errcode = 'OF002';
  end if;
  if split_part(context, '|', 4)::float8 <= date_part('epoch', clock_timestamp()) then
    raise exception 'tenant context expired' using errcode = 'OF003';
  end if;
  return context;
end $$;

create or replace function app.verified_context() returns text language plpgsql stable
as $$
declare
  context text := current_setting('app.context', true);
  inner_pad bytea;
  outer_pad bytea;
begin
  select k.inner_pad, k.outer_pad into inner_pad, outer_pad from sec.context_keys k;
  if app.is_sealed(context, current_setting('app.seal', true), inner_pad, outer_pad)
     and split_part(context, '|', 4)::float8 > date_part('epoch', clock_timestamp()) then
    return context;
  end if;
  return app.context_in_doubt(context);
end $$;

-- As before: computed once for a statement, in its own plan. Every function named here costs three times, when the
-- statement is looked over, set up and run; so there are few.
create or replace view app.context as
  select left(verified, 36)::uuid as tenant,
         string_to_array(nullif(split_part(verified, '|', 3), '*'), ',')::uuid[] as locations -- null: every location
    from (select case
                   when encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(current_setting('app.context', true), 'UTF8'))), 'hex')
                          = current_setting('app.seal', true)
                    and to_timestamp(split_part(current_setting('app.context', true), '|', 4)::float8) > statement_timestamp()
                   then current_setting('app.context', true)
                   else app.context_in_doubt(current_setting('app.context', true))
                 end as verified
            from sec.context_keys k) c;
