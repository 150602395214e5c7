import { syncedTasks, taskImplementations, taskServerMutators } from '../capabilities/tasks/server/index.ts'
import type { Actor } from '../platform/actor.ts'
import { serveForTests } from '../platform/server/http/serve.for-tests.ts'
import { anyoneOf } from '../platform/server/isolation/chain.ts'
import { openLog } from '../platform/server/log.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { syncImplementations } from '../platform/server/sync.ts'
import { openDatabase } from '../platform/server/tenant.ts'
import type { Chains } from './chains.ts'

/** The product's routes for tasks and for devices, with one cook. */
export async function serveTasks(chains: Chains, database: TestDatabase) {
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  const product = openDatabase({ url: database.urls.app, contextKey: database.contextKey, poolSize: 4, prepared: true })
  const here = new Set([tenant.locationId])
  const member = await chains.factory.plant(tenant, 'public.members')
  const cook: Actor = {
    ...anyoneOf(tenant, here),
    id: String(member.id),
    permissions: new Map(['tasks.read', 'tasks.create', 'tasks.update'].map((permission) => [permission, here])),
  }
  const { ask, close } = await serveForTests(
    [
      ...taskImplementations(),
      ...syncImplementations({
        database: product,
        entities: syncedTasks,
        mutators: taskServerMutators,
        actors: {
          reader: async (actor) => actor,
          doer: async (actor) => ({ may: true, actor, proved: 'own' }),
        },
        clientOf: async () => undefined,
        secret: 'a secret of the bench',
        log: openLog('silent'),
      }),
    ],
    product,
  )
  const must = async (route: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await ask(cook, route, body, headers)
    if (answer.status >= 300) throw new Error(`${route}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const addTasks = (count: number) =>
    product.write(cook, (tx) =>
      tx.query<{ id: string }>(
        `insert into tasks (location_id, title, task_type, cause_kind, cause_id)
         select $1, 'Clean the slicer ' || n, 'cleaning', 'bench', gen_random_uuid() from generate_series(1, $2::int) n
         returning id`,
        [tenant.locationId, count],
      ),
    )
  return {
    must,
    addTasks,
    async close() {
      await close()
      await product.close()
    },
  }
}
