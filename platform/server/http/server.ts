import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import express, { type RequestHandler } from 'express'
import helmet from 'helmet'
import type { Route, RouteKey } from '../../route.ts'
import type { Log } from '../log.ts'
import { type ApiParts, apiRouter, requestFrame } from './api.ts'
import { sendCompressed } from './compressed.ts'
import { docsPage } from './docs-page.ts'
import { openApiOf } from './openapi.ts'
import { problems, sendProblem } from './problem.ts'
import { staticWeb } from './static-web.ts'

export type ServerParts = ApiParts & {
  version: string
  webFolder: string | undefined
  metricsToken: string | undefined
  /** How many proxies stand in front; their X-Forwarded-For is believed, no one else's. */
  trustedProxies: number
  /** Conventions of others, beside our contract: path under /api → what answers there. */
  mounts?: Readonly<Record<string, RequestHandler>>
  isDraining: () => boolean
  /** People come by https: browsers are told to keep to it. */
  secureTransport: boolean
  /** Where the sign-in of another provider comes from: pages may load it. */
  signInHost?: string | undefined
}

/** Whoever drips is ended nearly then, not up to half a minute later as Node looks by itself. */
const PATIENCE = { headersTimeout: 20_000, requestTimeout: 120_000, connectionsCheckingInterval: 5_000 }

/** One origin for everything: health, metrics, the API, its documentation, and the web app. */
export function httpServer(parts: ServerParts): Server {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', parts.trustedProxies)
  app.set('query parser', 'simple')
  const routes = Object.fromEntries(parts.implementations.map(({ key, route }) => [key, route]))
  const document = openApiOf(routes as Record<RouteKey, Route>, parts.version)

  app.use(requestFrame(parts))
  app.use(securityHeaders(parts.secureTransport))
  app.get('/livez', (_req, res) => void res.json({ status: 'ok' }))
  app.get('/readyz', readiness(parts))
  app.get('/metrics', metricsPage(parts))
  app.use('/api', noStore)
  const documentText = JSON.stringify(document)
  app.use(['/api/v1/openapi.json', '/api/docs'], async (req, res, next) => {
    await parts.rateLimiter.address(res, req.ip ?? '')
    next()
  })
  app.get('/api/v1/openapi.json', (_req, res) => sendCompressed(res.type('application/json'), documentText))
  app.get('/api/docs', docsPage(document))
  app.use('/api/v1', apiRouter(parts))
  for (const [path, handler] of Object.entries(parts.mounts ?? {})) app.use(`/api${path}`, handler)
  app.use('/api', (_req, res) => sendProblem(res, { status: 404, code: 'not_found' }))
  if (parts.webFolder) app.use(...staticWeb(parts.webFolder, parts.signInHost))
  app.use((_req, res) => sendProblem(res, { status: 404, code: 'not_found' }))
  app.use(problems(parts.log))

  const server = createServer({ ...PATIENCE, keepAliveTimeout: 65_000 }, app)
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })
  return server
}

/** The policy of pages comes with the page (static-web, docs-page); everything else may load nothing at all. */
function securityHeaders(secure: boolean): RequestHandler {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"] },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
  // They are the same for every answer, so helmet is asked once.
  const headers = new Map<string, string>()
  const sink = { setHeader: (name: string, value: string) => headers.set(name, value), removeHeader: () => undefined }
  protect({} as IncomingMessage, sink as unknown as ServerResponse, (error) => {
    if (error) throw error
  })
  return (_req, res, next) => {
    res.setHeaders(headers)
    next()
  }
}

const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('cache-control', 'no-store')
  next()
}

function readiness({ database, isDraining, log }: ServerParts): RequestHandler {
  return async (_req, res) => {
    if (isDraining()) return void res.status(503).json({ status: 'draining' })
    try {
      await database.ping()
      res.json({ status: 'ready' })
    } catch (err) {
      log.warn({ err }, 'not ready')
      res.status(503).json({ status: 'database unavailable' })
    }
  }
}

/** For Prometheus, not for the public: with the token, or without one from this machine itself. */
function metricsPage({ metrics, metricsToken }: ServerParts): RequestHandler {
  return async (req, res) => {
    const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(req.socket.remoteAddress ?? '')
    const direct = local && req.get('x-forwarded-for') === undefined
    const allowed = metricsToken ? isSame(req.get('authorization') ?? '', `Bearer ${metricsToken}`) : direct
    if (!allowed) return sendProblem(res, { status: 404, code: 'not_found' })
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  }
}

/** By digests of one length, so that the time it takes tells nothing. */
const isSame = (given: string, expected: string) => timingSafeEqual(digestOf(given), digestOf(expected))
const digestOf = (text: string) => createHash('sha256').update(text).digest()

/** Stops taking new requests, lets those under way finish, and closes what is left after a while. */
export async function drain(server: Server, graceMs: number, log: Log): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => {
    log.warn({}, 'requests still under way are cut')
    server.closeAllConnections()
  }, graceMs)
  await closed
  clearTimeout(timer)
}
