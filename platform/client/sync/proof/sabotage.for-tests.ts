import type { MutationResult, SentMutation } from '../../../sync.ts'
import { ApiProblem, Unreachable } from '../../problem.ts'
import type * as Ledger from '../ledger.ts'
import type { Wrapped } from './trial-device.for-tests.ts'

/** A mistake someone could make, on the device (a step of the ledger) or on the server (what passes between them). */
export type Sabotage = {
  mistake: string
  ledger?: (right: typeof Ledger) => Partial<typeof Ledger>
  wrap?: Wrapped
  /** In the database. */
  sql?: string
}

const asDone = ({ mid, uid }: SentMutation): MutationResult => ({
  mid,
  uid,
  outcome: 'applied',
  code: null,
  detail: null,
  errors: [],
  occurredAt: new Date().toISOString(),
  timeQuality: 'exact',
})

const applied = (result: MutationResult): MutationResult => ({ ...result, outcome: 'applied', code: null })

export const sabotages: Sabotage[] = [
  {
    mistake: 'a repeat runs again',
    wrap: (transport, { server }) => ({
      ...transport,
      async push(body) {
        const uids = body.mutations.map(({ uid }) => uid)
        await server.rows('delete from sync_mutations where id = any ($1)', [uids])
        const before = (body.mutations[0]?.mid ?? 1) - 1
        await server.rows('update sync_clients set last_mid = $2 where id = $1', [body.clientId, before])
        return transport.push(body)
      },
    }),
  },
  {
    mistake: 'what was done and its record are two transactions',
    wrap: (transport, { server }) => ({
      ...transport,
      push: (body) =>
        transport.push(body).catch(async (error: unknown) => {
          if (!(error instanceof Unreachable)) throw error
          // The server went down between the two.
          await server.rows('delete from sync_mutations where client_id = $1', [body.clientId])
          await server.rows('update sync_clients set last_mid = 0 where id = $1', [body.clientId])
          throw error
        }),
    }),
  },
  {
    mistake: 'a repeat is answered as done, whatever became of it',
    wrap: (transport, { server }) => ({
      ...transport,
      async push(body) {
        const uids = body.mutations.map(({ uid }) => uid)
        const known = await server.rows<{ id: string }>('select id from sync_mutations where id = any ($1)', [uids])
        const answer = await transport.push(body)
        const isKnown = new Set(known.map(({ id }) => id))
        return { ...answer, results: answer.results.map((one) => (isKnown.has(one.uid) ? applied(one) : one)) }
      },
    }),
  },
  {
    mistake: 'nobody is told what is gone',
    wrap: (transport) => ({
      ...transport,
      async pull(body) {
        const page = await transport.pull(body)
        return { ...page, changes: page.changes.filter(({ row }) => row !== null) }
      },
    }),
  },
  {
    mistake: 'a session that is over counts as delivered',
    wrap: (transport, { swallowed }) => ({
      ...transport,
      push: (body) =>
        transport.push(body).catch((error: unknown) => {
          if (!(error instanceof ApiProblem && error.status === 401)) throw error
          const lastMid = body.mutations.at(-1)?.mid ?? 0
          swallowed.set(body.clientId, lastMid)
          return { lastMid, serverTime: new Date().toISOString(), results: body.mutations.map(asDone) }
        }),
      async pull(body) {
        const page = await transport.pull(body)
        return { ...page, lastMid: Math.max(page.lastMid, swallowed.get(body.clientId) ?? 0) }
      },
    }),
  },
  {
    mistake: 'the server is believed to be the same after it went back in time',
    wrap: (transport) => ({
      ...transport,
      async pull(body) {
        const page = await transport.pull({ ...body, cursor: { ...body.cursor, epoch: null } })
        return { ...page, reset: false, cursor: { ...page.cursor, epoch: body.clientId } }
      },
    }),
  },
  {
    mistake: 'rows may come before answers, and work is retired by the last number the server names',
    ledger: ({ takePage, readUnsent }) => {
      let calls = 0
      return {
        readUnsent: async (tx, meta, limit) => (++calls % 2 === 0 ? [] : readUnsent(tx, meta, limit)),
        takePage: async (tx, meta, page, held) => {
          const believed = { ...meta, acked: Math.max(meta.acked, Math.min(page.lastMid, meta.nextMid - 1)) }
          return takePage(tx, believed, page, held)
        },
      }
    },
  },
  {
    mistake: 'what was refused is not listed',
    ledger: ({ acknowledge }) => ({
      acknowledge: (tx, meta, answer) => acknowledge(tx, meta, { ...answer, results: answer.results.map(applied) }),
    }),
  },
  {
    mistake: 'order by the clock',
    ledger: ({ readUnsent }) => ({
      readUnsent: async (tx, meta, limit) => {
        const batch = await readUnsent(tx, meta, limit)
        const byClock = batch.toSorted((a, b) => (a.device.at < b.device.at ? -1 : 1))
        return byClock.map((kept, n) => ({ ...kept, mid: batch[n]?.mid ?? kept.mid }))
      },
    }),
  },
  {
    mistake: 'delivered work is forgotten at once',
    ledger: ({ takePage }) => ({
      takePage: async (tx, meta, page, held) => {
        const change = await takePage(tx, meta, page, held)
        for (const [mid] of await tx.list('outbox', { to: change.meta.retired + 1 })) await tx.remove('outbox', mid)
        return change
      },
    }),
  },
  {
    mistake: 'work is written, and the next number in a transaction of its own that may not come',
    ledger: ({ record }) => {
      let count = 0
      return {
        record: async (tx, meta, unnumbered) => {
          const done = await record(tx, meta, unnumbered)
          return ++count % 3 === 0 ? { ...done, meta: { ...done.meta, nextMid: meta.nextMid } } : done
        },
      }
    },
  },
  {
    mistake: 'the rows of a place that was lost stay',
    ledger: ({ takePage }) => ({
      takePage: (tx, meta, page, held) => {
        const scopes = { ...meta.cursor.scopes }
        for (const scope of Object.keys(scopes)) if (!(scope in page.cursor.scopes)) delete scopes[scope]
        return takePage(tx, { ...meta, cursor: { ...meta.cursor, scopes } }, { ...page, reset: false }, held)
      },
    }),
  },
  {
    mistake: 'a copy of a device goes on under the same name',
    ledger: () => ({ fork: async (_, meta) => ({ meta: { ...meta, acked: meta.nextMid - 1 } }) }),
  },
  {
    // The last: the database stays as it is then.
    mistake: 'the cursor passes a number whose transaction is still under way',
    sql: `
      create function public.trial_naive() returns trigger language plpgsql security definer as $$
      begin
        -- What a slow transaction wrote is filed under a number that was given out when it began.
        if exists (select from public.trial_lines l where l.id = new.entity_id and l.text = 'slow') then
          new.version := greatest(new.version - 1, 1);
        end if;
        return new;
      end $$;
      create trigger trial_naive before insert on public.sync_changes for each row execute function public.trial_naive();`,
  },
]
