import { z } from 'zod'
import { notFound, refuse } from '../../../refusal.ts'
import type { SyncedEntity } from '../../../server/sync/registry.ts'
import { defineServerMutator } from '../../../server/sync.ts'
import type { ReadTx } from '../../../server/tenant.ts'
import { defineMutator, type Row } from '../../../sync.ts'

/**
 * Three kinds of rows on which every fault shows: a counter that is wrong if anything ran twice or not at all, a log
 * whose order is wrong if anything overtook, and a task that can be finished once.
 */
export const TRIAL_TABLES = `
  create table trial_counters (tenant_id uuid not null default app.tenant(), id uuid not null, location_id uuid not null,
    value int not null default 0, primary key (tenant_id, id));
  create table trial_lines (tenant_id uuid not null default app.tenant(), id uuid not null, location_id uuid not null,
    text text not null, member_id uuid not null, seq bigint generated always as identity, primary key (tenant_id, id));
  create table trial_tasks (tenant_id uuid not null default app.tenant(), id uuid not null, location_id uuid not null,
    status text not null default 'open', finished_by uuid, primary key (tenant_id, id));
  select app.fence('trial_counters', updatable => array['value']);
  select app.fence('trial_lines');
  select app.fence('trial_tasks', updatable => array['status', 'finished_by']);
  select app.feed('trial_counters', 'counter');
  select app.feed('trial_lines', 'line');
  select app.feed('trial_tasks', 'task');`

const entity = (name: string, select: string): SyncedEntity => ({
  name,
  permission: 'trial.work',
  read: async (tx, ids) => {
    const rows = await tx.query<{ id: string; locationId: string }>(`${select} where id = any ($1::uuid[])`, [ids])
    return rows.map((row) => ({ id: row.id, scope: row.locationId, row }))
  },
})

export const trialEntities: SyncedEntity[] = [
  entity('counter', 'select id, location_id as "locationId", value from trial_counters'),
  entity('line', 'select id, location_id as "locationId", text, member_id as "by" from trial_lines'),
  entity('task', 'select id, location_id as "locationId", status, finished_by as "by" from trial_tasks'),
]

type Counter = Row & { locationId: string; value: number }
type Task = Row & { locationId: string; status: 'open' | 'done' }

/** Twice is not the same as once. */
export const addTo = defineMutator({
  name: 'trial.add',
  version: 1,
  args: z.strictObject({ id: z.uuid(), n: z.int() }),
  async foresee(rows, { id, n }) {
    const counter = await rows.get<Counter>('counter', id)
    if (counter) rows.put('counter', id, counter.locationId, { ...counter, value: counter.value + n })
  },
})

export const writeLine = defineMutator({
  name: 'trial.write',
  version: 1,
  args: z.strictObject({ id: z.uuid(), locationId: z.uuid(), text: z.string() }),
  async foresee(rows, { id, locationId, text }, { by }) {
    rows.put('line', id, locationId, { id, locationId, text, by: by.id })
  },
})

export const finishTask = defineMutator({
  name: 'trial.finish',
  version: 1,
  args: z.strictObject({ id: z.uuid() }),
  async foresee(rows, { id }, { by }) {
    const task = await rows.get<Task>('task', id)
    if (task?.status === 'open') rows.put('task', id, task.locationId, { ...task, status: 'done', by: by.id })
  },
})

export const trialMutators = [addTo, writeLine, finishTask]

const placeIn = (table: string) => async (tx: ReadTx, id: string) =>
  (await tx.query<{ place: string }>(`select location_id as place from ${table} where id = $1`, [id]))[0]?.place ?? null

const permission = 'trial.work'

export const trialServerMutators = [
  defineServerMutator({
    mutator: addTo,
    permission,
    place: (tx, { id }) => placeIn('trial_counters')(tx, id),
    run: async (tx, { id, n }) => {
      const sql = 'update trial_counters set value = value + $2 where id = $1 returning id'
      if ((await tx.query(sql, [id, n])).length === 0) notFound()
      return undefined
    },
  }),
  defineServerMutator({
    mutator: writeLine,
    permission,
    place: async (_, { locationId }) => locationId,
    run: async (tx, { id, locationId, text }) => {
      const sql = 'insert into trial_lines (id, location_id, text, member_id) values ($1, $2, $3, $4)'
      await tx.query(sql, [id, locationId, text, tx.actor.id])
      return undefined
    },
  }),
  defineServerMutator({
    mutator: finishTask,
    permission,
    place: (tx, { id }) => placeIn('trial_tasks')(tx, id),
    run: async (tx, { id }) => {
      const [task] = await tx.query<{ status: string; by: string }>(
        'select status, finished_by as by from trial_tasks where id = $1',
        [id],
      )
      if (!task) notFound()
      if (task?.status === 'done' && task.by === tx.actor.id)
        return { outcome: 'superseded' as const, code: 'trial.done' }
      if (task?.status === 'done') refuse('conflict', 'trial.taken', { detail: 'Someone else finished it.' })
      await tx.query(`update trial_tasks set status = 'done', finished_by = $2 where id = $1`, [id, tx.actor.id])
      return undefined
    },
  }),
]
