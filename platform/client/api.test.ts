import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { contractEdition } from '../contract.ts'
import { defineRoutes } from '../route.ts'
import { ApiProblem, createClient, Unreachable } from './api.ts'

const unit = z.object({ id: z.string(), name: z.string() })
const _routes = defineRoutes({
  'GET /units': {
    summary: 'Units',
    tag: 'units',
    permission: 'signed-in',
    query: z.strictObject({ locationId: z.string().optional() }),
    response: z.object({ items: z.array(unit) }),
  },
  'PATCH /units/{id}': {
    summary: 'Rename',
    tag: 'units',
    permission: 'unit.manage',
    params: z.strictObject({ id: z.string() }),
    body: z.strictObject({ name: z.string() }),
    response: unit,
  },
})

function pretendServer(answer: Response | Error) {
  const seen: { url: string; init: RequestInit & { headers: Record<string, string> } }[] = []
  const send = async (url: unknown, init: unknown) => {
    seen.push({ url: String(url), init: init as (typeof seen)[number]['init'] })
    if (answer instanceof Error) throw answer
    return answer.clone()
  }
  return { seen, fetch: send as typeof fetch }
}

describe('the typed client', () => {
  test('fills the path, the query and the organization', async () => {
    const server = pretendServer(Response.json({ items: [] }))
    const call = createClient<typeof _routes>({ fetch: server.fetch, organizationId: () => 'org-1' })
    const answer = await call('GET /units', { query: { locationId: 'a b' } })
    expectTypeOf(answer.items).toEqualTypeOf<{ id: string; name: string }[]>()
    expect(server.seen[0]?.url).toBe('/api/v1/units?locationId=a+b')
    expect(server.seen[0]?.init.headers).toEqual({
      accept: 'application/json',
      'x-opsflow-edition': String(contractEdition),
      'x-organization-id': 'org-1',
    })
  })

  test('every write carries an idempotency key, the given one when repeated', async () => {
    const server = pretendServer(Response.json({ id: '1', name: 'Walk-in' }))
    const call = createClient<typeof _routes>({ fetch: server.fetch })
    const input = { params: { id: 'x/y' }, body: { name: 'Walk-in' } }
    await call('PATCH /units/{id}', input)
    await call('PATCH /units/{id}', { ...input, idempotencyKey: 'again' })
    expect(server.seen[0]?.url).toBe('/api/v1/units/x%2Fy')
    expect(server.seen[0]?.init.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    expect(server.seen[1]?.init.headers['idempotency-key']).toBe('again')
  })

  test('a refusal arrives as its problem, with the error of each field', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Invalid',
      status: 422,
      code: 'invalid',
      detail: 'A name is needed.',
      errors: [{ path: 'name', code: 'too_small', message: 'A name is needed.' }],
      requestId: 'r1',
    }
    const server = pretendServer(Response.json(problem, { status: 422 }))
    const call = createClient<typeof _routes>({ fetch: server.fetch })
    const refused = await call('GET /units').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ApiProblem)
    expect((refused as ApiProblem).fieldError('name')).toBe('A name is needed.')
  })

  test('a proxy that answers in HTML is a problem too, not a crash', async () => {
    const server = pretendServer(new Response('<h1>Bad gateway</h1>', { status: 502 }))
    const call = createClient<typeof _routes>({ fetch: server.fetch })
    await expect(call('GET /units')).rejects.toMatchObject({ code: 'unavailable', status: 502 })
  })

  test('no network is told apart from a refusal, and a 401 ends the session', async () => {
    const dead = createClient<typeof _routes>({ fetch: pretendServer(new TypeError('fetch failed')).fetch })
    await expect(dead('GET /units')).rejects.toBeInstanceOf(Unreachable)

    let signedOut = 0
    const ended = createClient<typeof _routes>({
      fetch: pretendServer(Response.json({ status: 401, code: 'unauthenticated' }, { status: 401 })).fetch,
      onSignedOut: () => signedOut++,
    })
    await expect(ended('GET /units')).rejects.toBeInstanceOf(ApiProblem)
    expect(signedOut).toBe(1)
  })

  test('an app that is too old for the server hears of it', async () => {
    let told = 0
    const body = { status: 409, code: 'app.outdated' }
    const call = createClient<typeof _routes>({
      fetch: pretendServer(Response.json(body, { status: 409 })).fetch,
      onOutdated: () => told++,
    })
    await expect(call('GET /units')).rejects.toThrow(ApiProblem)
    expect(told).toBe(1)
  })
})
