import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { Problem, type Route, type RouteKey } from '../../route.ts'

const REFUSED = (description: string) => ({ description, content: { 'application/problem+json': { schema: Problem } } })

/** The OpenAPI 3.1 document of the routes, from the very schemas that validate requests and answers. */
export function openApiOf(routes: Record<RouteKey, Route>, version: string): object {
  const paths: ZodOpenApiPathsObject = {}
  for (const [key, route] of Object.entries(routes)) {
    const [method, path] = key.split(' ') as [string, string]
    const full = `/api/v1${path}` as const
    paths[full] = { ...paths[full], [method.toLowerCase()]: operation(key, route) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'OpsFlow API',
      version,
      description:
        'Restaurant operations: temperatures, corrective actions, tasks. Authenticate with the session cookie or ' +
        '`Authorization: Bearer <key>`. A caller in several organizations adds `organizationId`, or the header `X-Organization-Id`: its id or slug.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-opsflow.session' },
        key: { type: 'http', scheme: 'bearer', description: 'An API key (ofk_…) or a device key (ofd_…).' },
      },
    },
    paths,
  })
}

function operation(key: string, route: Route): ZodOpenApiOperationObject {
  const [method, path] = key.split(' ') as [string, string]
  const isPublic = route.permission === 'public'
  const status = String(route.status ?? 200)
  const writes = method !== 'GET'
  const parameters = {
    ...(route.params ? { path: route.params as z.ZodObject } : {}),
    ...(route.query ? { query: route.query as z.ZodObject } : {}),
    ...(writes && !isPublic
      ? {
          header: z.object({
            'Idempotency-Key': z.string().max(200).optional().meta({ description: 'Same key and body → same answer.' }),
          }),
        }
      : {}),
  }
  const type = route.accepts?.type ?? 'application/json'
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^a-zA-Z]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll(/\W/g, '')}`,
    summary: route.summary,
    tags: [route.tag],
    description: [
      route.description,
      isPublic ? 'Open to anyone.' : `Permission: \`${route.permission}\`.`,
      route.refusals?.length ? `Refusals: ${route.refusals.map((code) => `\`${code}\``).join(', ')}.` : '',
    ]
      .filter(Boolean)
      .join('\n\n'),
    security: isPublic ? [] : [{ session: [] }, { key: [] }],
    requestParams: parameters,
    ...(route.body ? { requestBody: { required: true, content: { [type]: { schema: route.body } } } } : {}),
    responses: {
      [status]:
        status === '204'
          ? { description: 'Done' }
          : { description: 'Done', content: { [route.produces ?? 'application/json']: { schema: route.response } } },
      ...(isPublic ? {} : { '401': REFUSED('Not signed in'), '403': REFUSED('Not allowed') }),
      ...(route.params ? { '404': REFUSED('No such thing, or not yours to see') } : {}),
      ...(writes ? { '409': REFUSED('In conflict with what is stored') } : {}),
      '422': REFUSED('Something in the request is wrong'),
      '429': REFUSED('Too many requests'),
      '4XX': REFUSED('Refused for another reason: `status` and `code` say which'),
      '503': REFUSED('Not available just now'),
    },
  } as ZodOpenApiOperationObject
}
