-- What is forgotten on request, and readings that retention removes: lines of the evidence log, so that neither looks like tampering.
set local lock_timeout = '5s';

alter table ledger_unsealed drop constraint ledger_unsealed_op_check;
-- squawk-ignore constraint-missing-not-valid -- it holds what was not sealed yet: seconds of changes
alter table ledger_unsealed add constraint ledger_unsealed_op_check
  check (op in ('insert', 'update', 'delete', 'batch', 'adopt', 'forget', 'retire'));
-- Sealed lines lose their nonce by the function below, and nothing else.
create policy forget on ledger_events for update to opsflow_owner using (true) with check (true);
create policy forget on ledger_logs for select to opsflow_owner using (true);

-- From now on nobody can tell what a row's digests were made of, nor guess it. What it changes to later has a nonce of its own.
create function app.ledger_forget(of_log uuid, of_source text, of_row text, why text) returns bigint
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  of_tenant uuid := (select tenant_id from public.ledger_logs where log_id = of_log);
  last record;
  unsealed bigint;
  sealed bigint;
begin
  if of_tenant is null then raise exception 'there is no log %', of_log using errcode = 'P0002'; end if;
  perform pg_advisory_xact_lock(hashtextextended('opsflow.ledger:' || of_tenant, 0)); -- as a sealer has it
  select location_id, form into last from (
    (select location_id, form, n from public.ledger_unsealed
      where tenant_id = of_tenant and source = of_source and row_key = of_row order by n desc limit 1)
    union all
    (select location_id, form, -1 from public.ledger_events
      where tenant_id = of_tenant and source = of_source and row_key = of_row order by leaf desc limit 1)) l order by n desc limit 1;
  update public.ledger_unsealed set nonce = null
   where tenant_id = of_tenant and source = of_source and row_key = of_row and nonce is not null;
  get diagnostics unsealed = row_count;
  update public.ledger_events set nonce = null
   where tenant_id = of_tenant and source = of_source and row_key = of_row and nonce is not null;
  get diagnostics sealed = row_count;
  if unsealed + sealed > 0 then
    insert into public.ledger_unsealed (tenant_id, location_id, source, row_key, op, form, actor, said)
    values (of_tenant, last.location_id, of_source, of_row, 'forget', last.form, 'system:forget', why);
  end if;
  return unsealed + sealed;
end $$;

-- A month of readings goes, and its rows are named in the log by whose and where they were: who verifies later can tell retention from theft.
create function app.retire_readings(day date, why text) returns bigint
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  child text := 'temperature_logs_' || to_char(date_trunc('month', day), 'YYYYMM');
  removed bigint;
begin
  if date_trunc('month', day) >= date_trunc('month', now() - interval '1 month') then
    raise exception 'readings of this month and the last are in use' using errcode = '22003';
  end if;
  perform pg_advisory_xact_lock(hashtext('opsflow.month'), hashtext(child));
  if to_regclass('public.' || child) is null then return 0; end if;
  execute format('lock table public.%I in access exclusive mode', child);
  execute format('alter table public.%I no force row level security', child); -- the owner sees every tenant's rows
  execute format($note$
    with note as (
      insert into public.ledger_unsealed (tenant_id, location_id, source, row_key, op, form, actor, said, rows)
      select tenant_id, location_id, 'temperature_logs', %1$L || '/' || part, 'retire',
             (select max(form) from public.ledger_forms where source = 'temperature_logs'), 'system:retention', $1, array_agg(id order by id)
        from (select tenant_id, location_id, id, (row_number() over (partition by tenant_id, location_id order by id) - 1) / 1000 as part from public.%1$I) r
       group by tenant_id, location_id, part returning cardinality(rows) as removed)
    select coalesce(sum(removed), 0) from note $note$, child) into removed using why;
  -- Refused while a corrective action, whosever, stands on one of its rows.
  alter table public.corrective_actions no force row level security;
  alter table public.corrective_action_steps no force row level security;
  execute format('alter table public.temperature_logs detach partition public.%I', child);
  alter table public.corrective_actions force row level security;
  alter table public.corrective_action_steps force row level security;
  execute format('drop table public.%I', child);
  return removed;
end $$;
revoke all on function app.ledger_forget(uuid, text, text, text), app.retire_readings(date, text) from public;
