/** One way in which someone could, by mistake, let one tenant or place learn of another in the code. */
export type CodeLeak = {
  leak: string
  file: string
  from: string
  to: string
  /** The test file that must turn red, the title of the test in it, and words of its failure. */
  test: 'routes' | 'beside-routes' | 'canaries' | 'jobs'
  title: string
  says: string
  /** Touches nothing that another leak of the short form's one run is caught by. */
  inShort?: true
}

const ELSEWHERE = (told: string) =>
  `(await (async () => { const { rows } = await (parts as never as { pool: { query: (sql: string, values: unknown[]) => Promise<{ rows: { name: string }[] }> } }).pool.query('select name from locations where id = $1', [%s]); if (rows[0]) { const { Refusal } = await import('@opsflow/platform/refusal'); throw new Refusal('forbidden', 'tasks.elsewhere', { detail: ${told} }) } return notFound() })())`

export const codeLeaks: readonly CodeLeak[] = [
  {
    leak: 'a route forgets its permission',
    file: 'platform/server/http/api.ts',
    from: `!can(actor, route.permission)) {`,
    to: `!can(actor, route.permission) && key !== 'GET /tasks') {`,
    ...{ test: 'routes', title: 'GET /tasks lets in', says: 'GET /tasks by', inShort: true },
  },
  {
    leak: 'a route forgets who may call it',
    file: 'platform/server/http/api.ts',
    from: `!callers.includes(actor.kind)) {`,
    to: `!callers.includes(actor.kind) && key !== 'GET /session') {`,
    ...{ test: 'routes', title: 'GET /session lets in', says: 'GET /session by', inShort: true },
  },
  {
    leak: 'a refusal tells the name of another tenant’s place',
    file: 'capabilities/tasks/server/http-codes.ts',
    from: `const locationId = (await openLocation(tx, body.locationId)) ?? notFound()`,
    to: `const locationId: string = (await openLocation(tx, body.locationId)) ?? ${ELSEWHERE('rows[0].name').replace('%s', 'body.locationId')}`,
    ...{ test: 'routes', title: 'POST /place-codes takes a foreign id', says: 'body locationId', inShort: true },
  },
  {
    leak: '403 instead of 404 for what is another tenant’s',
    file: 'capabilities/tasks/server/http-codes.ts',
    from: `const locationId = (await openLocation(tx, query.locationId)) ?? notFound()`,
    to: `const locationId: string = (await openLocation(tx, query.locationId)) ?? ${ELSEWHERE("'Not yours.'").replace('%s', 'query.locationId')}`,
    ...{ test: 'routes', title: 'GET /place-codes takes a foreign id', says: 'query locationId', inShort: true },
  },
  {
    leak: 'reads forget at which places the caller works',
    file: 'platform/server/http/api.ts',
    from: `read: (work) => parts.database.read(acting(), work),
      readOne: (asked, params) => parts.database.readOne(acting(), asked, params),
      readBatch: (statements) => parts.database.readBatch(acting(), statements),`,
    to: `read: (work) => parts.database.read({ ...acting(), locationIds: 'all' }, work),
      readOne: (asked, params) => parts.database.readOne({ ...acting(), locationIds: 'all' }, asked, params),
      readBatch: (statements) => parts.database.readBatch({ ...acting(), locationIds: 'all' }, statements),`,
    ...{ test: 'routes', title: 'GET /tasks lets in', says: 'shows what is at another place' },
  },
  {
    leak: 'a cache of credentials is found by the first letters of a key',
    file: 'capabilities/people/server/authenticate.ts',
    from: `const name = nameOf(secret)\n    const known`,
    to: `const name = nameOf(key?.startsWith('ofk_') ? 'ofk_' : secret)\n    const known`,
    ...{ test: 'routes', title: 'lets in', says: 'API key without the scope' },
  },
  {
    leak: 'a suspended person is let in',
    file: 'capabilities/people/server/authenticate.ts',
    from: `if (chosen.suspended) {`,
    to: `if (chosen.suspended && named !== undefined) {`,
    ...{ test: 'routes', title: 'suspended member is taken for nobody else', says: 'suspended member' },
  },
  {
    leak: 'a client chooses its room',
    file: 'platform/server/realtime/gateway.ts',
    from: `for (const command of parts.commands) listen(socket, command, parts)`,
    to: `socket.on('join', (room: string) => void socket.join(room)); for (const command of parts.commands) listen(socket, command, parts)`,
    ...{
      test: 'beside-routes',
      title: 'what a client asks for changes nothing',
      says: 'not to contain',
      inShort: true,
    },
  },
  {
    leak: 'everyone hears every place',
    file: 'platform/server/realtime/gateway.ts',
    from: `reach === 'all' ? [EVERYWHERE] : [...(reach ?? [])].map(locationRoom)`,
    to: `reach !== undefined ? [EVERYWHERE] : [...(reach ?? [])].map(locationRoom)`,
    ...{ test: 'beside-routes', title: 'what a client asks for changes nothing', says: 'not to contain' },
  },
  {
    leak: 'whoever is signed in anywhere joins any namespace',
    file: 'platform/server/realtime/gateway.ts',
    from: `    organizationId,\n  })\n  if (!caller)`,
    to: `    organizationId: undefined,\n    isRead: true,\n  })\n  if (caller) return caller\n  if (!caller)`,
    ...{ test: 'beside-routes', title: 'admin of another tenant joins the own organization or none', says: '' },
  },
  {
    leak: 'files of all tenants lie together by their hash',
    file: 'platform/server/files/storage.ts',
    from: `keptKey = (tenantId: string, sha256: string) =>`,
    to: `keptKey = (_tenantId: string, sha256: string, tenantId = '00000000-0000-0000-0000-000000000000') =>`,
    ...{ test: 'beside-routes', title: 'the same bytes in two chains', says: '', inShort: true },
  },
  {
    leak: 'answers may be kept by caches in between',
    file: 'platform/server/http/server.ts',
    from: `app.use('/api', noStore)`,
    to: `app.use('/api/docs', noStore)`,
    ...{ test: 'beside-routes', title: 'nothing the API answers is kept', says: '', inShort: true },
  },
  {
    leak: 'the access log writes down cookies and keys',
    file: 'platform/server/http/api.ts',
    from: `method: req.method,\n          route`,
    to: `said: req.get('cookie') ?? req.get('authorization'), method: req.method,\n          route`,
    ...{ test: 'canaries', title: 'nothing comes out', says: 'log lines' },
  },
  {
    leak: 'names are put together without tenant, as the role that looks across tenants',
    file: 'capabilities/reports/server/store-papers.ts',
    from: `o.name as organization,`,
    to: `(select string_agg(x.name, ' / ') from organizations x) as organization,`,
    ...{ test: 'canaries', title: 'nothing comes out', says: 'cnry' },
  },
  {
    leak: 'a job tidies up what is everybody’s',
    file: 'capabilities/people/server/push/store-push.ts',
    from: `delete from push_subscriptions s where not \${SESSION_STANDS}`,
    to: `delete from push_subscriptions s where true or \${SESSION_STANDS}`,
    ...{ test: 'jobs', title: 'push sweep', says: 'changed these tables of another' },
  },
]
