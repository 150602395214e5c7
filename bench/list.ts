import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { digestWith, newKey } from '../capabilities/people/server/credentials.ts'
import { signContext } from '../platform/server/context.ts'
import type { TestDatabase } from '../platform/server/postgres/for-tests.ts'
import { freePort } from '../platform/server/postgres/port.ts'
import { newSecrets } from '../platform/server/postgres/secrets.ts'
import { Chains } from './chains.ts'
import { Client, get, post } from './http/client.ts'
import { atLeast, atMost, backendsOf, type Effort, type Mode, measure, type Report, tableOf } from './lib.ts'

/** A folder where `npm install postgraphile` was run; without it the bench compares with bare Express only. */
const POSTGRAPHILE = process.env.POSTGRAPHILE_FOLDER

/** GET of 50 tasks: the product with sign-in by key, validation both ways and tenancy, against Express with none of them. */
export async function list(database: TestDatabase, effort: Effort): Promise<Report> {
  const chains = await Chains.plant(database, 40)
  await chains.fill('public.tasks', 500)
  const secrets = { ...newSecrets(), contextKey: database.contextKey.toString('base64') }
  const { tenant, key } = await integrator(chains, secrets.pepper)
  const servers: ChildProcess[] = []
  const clients: Client[] = []

  const serve = async (file: string, parts: object): Promise<{ port: number; pid: number }> => {
    const port = await freePort()
    const server = fork(fileURLToPath(new URL(`http/${file}`, import.meta.url)), {
      env: { ...process.env, NODE_ENV: 'production', GRAPHILE_ENV: 'production' },
    })
    servers.push(server)
    server.send({ ...parts, port })
    await Promise.race([
      once(server, 'message'),
      once(server, 'exit').then(() => Promise.reject(new Error(`${file} ended`))),
    ])
    return { port, pid: server.pid as number }
  }
  const mode = async (
    name: string,
    { port, pid }: { port: number; pid: number },
    request: string,
    count: (answer: never) => number,
  ): Promise<Mode> => {
    const connections = await Promise.all(Array.from({ length: effort.loops }, () => Client.open(port, request)))
    clients.push(...connections)
    const answer = JSON.parse(String(await connections[0]?.ask()))
    if (count(answer as never) !== 50) throw new Error(`${name}: ${JSON.stringify(answer).slice(0, 500)}`)
    const ask = async (loop: number) => {
      await connections[loop]?.ask()
      return undefined
    }
    return { name, server: pid, work: ask }
  }

  try {
    const bare = await serve('bare.ts', { url: database.admin, tenantId: tenant.tenantId })
    const product = await serve('product.ts', {
      urls: database.urls,
      secrets,
      publicUrl: 'http://127.0.0.1:1',
      webFolder: undefined,
    })
    const items = ({ items }: { items: unknown[] }) => items.length
    const modes = [
      await mode('Express + pg, none of it', bare, get('/api/v1/tasks'), items),
      await mode('the product', product, get('/api/v1/tasks?limit=50', { authorization: `Bearer ${key}` }), items),
    ]
    if (POSTGRAPHILE) {
      const signed = signContext(database.contextKey, `${tenant.tenantId}|system:bench|*|9999999999`)
      const peer = await serve('postgraphile.mjs', { url: database.urls.app, signed, folder: POSTGRAPHILE })
      const query = `{ allTasks(first: 50, orderBy: PRIMARY_KEY_DESC) { nodes { rowId locationId title taskType priority status causeKind causeId dueAt createdAt startedAt completedAt
        memberByTenantIdAndAssignedTo { rowId name } memberByTenantIdAndCompletedBy { rowId name } } } }`
      modes.push(
        await mode(
          'PostGraphile with the same policies',
          peer,
          post('/graphql', { query }),
          (answer: { data: { allTasks: { nodes: unknown[] } } }) => answer.data?.allTasks?.nodes?.length,
        ),
      )
    }
    const measured = await measure(modes, effort, backendsOf(chains.admin))
    const [, ours, theirs] = measured
    if (!ours) throw new Error('a mode is missing')
    return {
      title: 'GET of 50 tasks over HTTP (CPU of the server process and of its backends; eight connections)',
      table: tableOf(measured),
      findings: [
        atLeast('rate by bare Express + pg', 0.8, ours.rate, '×'),
        ...(theirs ? [atMost('CPU by PostGraphile', 0.25, ours.cpu / theirs.cpu, '×')] : []),
      ],
    }
  } finally {
    for (const client of clients) client.close()
    for (const server of servers) server.kill()
    await Promise.all(
      servers.map((server) => server.exitCode === null && server.signalCode === null && once(server, 'exit')),
    )
    await chains.close()
  }
}

/** A key of the first tenant that may read tasks, made by someone who may. */
async function integrator(chains: Chains, pepper: string) {
  const [tenant] = chains.tenants
  if (!tenant) throw new Error('no tenant')
  const { factory } = chains
  const member = await factory.store('public.members', {
    ...(await factory.prepare(tenant, 'public.members')),
    user_id: randomBytes(8).toString('hex'),
  })
  await factory.store('public.role_grants', { tenant_id: tenant.tenantId, member_id: member.id, role: 'org:admin' })
  const key = newKey('ofk')
  await factory.store('public.api_keys', {
    ...(await factory.prepare(tenant, 'public.api_keys')),
    created_by: member.id,
    scopes: ['tasks.read'],
    key_hash: digestWith(pepper)(key),
  })
  return { tenant, key }
}
