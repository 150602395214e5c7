import type { Server as HttpServer } from 'node:http'
import { createShardedAdapter } from '@socket.io/redis-adapter'
import { type Namespace, Server, type Socket } from 'socket.io'
import { z } from 'zod'
import { type Actor, can } from '../../actor.ts'
import { locationRoom, memberRoom, scopeRoom } from '../../fact.ts'
import { Refusal, refuse } from '../../refusal.ts'
import type { Authenticator, Caller } from '../authenticator.ts'
import { once, operationOf } from '../http/idempotency.ts'
import { refusalOf, STATUS } from '../http/problem.ts'
import type { RateLimiter } from '../http/rate-limit.ts'
import { isHost } from '../http/same-origin.ts'
import { validate } from '../http/validate.ts'
import { wellFormed } from '../http/well-formed.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { RedisConnections } from '../redis.ts'
import type { Database, Tx } from '../tenant.ts'
import type { WaitingFact } from './relay.ts'

const NAMESPACE = /^\/org-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Whoever may see every location of the organization sits here instead of in each location's room. */
const EVERYWHERE = 'everywhere'
const RECHECK_MS = 3000
const MAX_MESSAGE_BYTES = 64 * 1024
/** So many messages may wait for one socket: whoever is further behind is better off asking anew. */
const MOST_WAITING = 1_000
/** Everybody asks anew when other processes are heard again, but not all at once. */
const ASK_ANEW_WITHIN_MS = 5_000

/** A command clients may send over the socket: the same one that HTTP runs, checked and stored the same way. */
export type SocketCommand<S extends z.ZodType = z.ZodType> = {
  name: 'task-update' | 'temperature-reading'
  permission: string
  input: S
  /** What must stand before the transaction begins. */
  prepare?: (input: z.output<S>) => Promise<unknown>
  run: (tx: Tx, actor: Actor, input: z.output<S>) => Promise<unknown>
}

export const defineSocketCommand = <S extends z.ZodType>(command: SocketCommand<S>) =>
  command as unknown as SocketCommand

export type Gateway = {
  deliver: (fact: WaitingFact) => void
  /** Re-checks every socket of this process now; those whose rights ended are cut. */
  recheck: () => Promise<void>
  sockets: () => number
  close: () => Promise<void>
}

export type GatewayParts = {
  server: HttpServer
  authenticator: Authenticator
  database: Database
  commands: readonly SocketCommand[]
  /** What is asked over a socket counts with what the same caller asks over HTTP. */
  rateLimiter: Pick<RateLimiter, 'credential'>
  /** A socket hears a location only with this permission there. */
  listenPermission: string
  publicOrigin: () => string
  redis: RedisConnections | undefined
  log: Log
  metrics: Metrics
}

type Live = Socket & { data: { caller: Caller } }

/** Socket.IO at /socket.io: a namespace per organization, rooms chosen here from grants, commands with acknowledgement. */
export function openGateway(parts: GatewayParts): Gateway {
  const { server, authenticator, redis, log, metrics } = parts
  const io = new Server(server, {
    serveClient: false,
    transports: ['websocket', 'polling'],
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    cleanupEmptyChildNamespaces: true,
    ...(redis ? { adapter: createShardedAdapter(redis.commands, redis.subscriptions) } : {}),
    allowRequest: (req, decide) => {
      const origin = req.headers.origin
      const own = origin === undefined || origin === parts.publicOrigin() || isHost(origin, req.headers.host)
      decide(own ? null : 'foreign origin', own)
    },
  })
  const sockets = new Set<Live>()

  io.of('/').use((_socket, next) => next(problemOf(new Refusal('not_found', 'not_found'))))
  io.of(NAMESPACE)
    .use(async (socket, next) => {
      try {
        const caller = await admit(socket, authenticator, parts.listenPermission)
        socket.data.caller = caller
        next()
      } catch (error) {
        if (!refusalOf(error)) log.error({ err: error }, 'bug')
        next(problemOf(error))
      }
    })
    .on('connection', (socket: Live) => {
      sockets.add(socket)
      forgetHandshakeRequest(socket)
      metrics.sockets.set(sockets.size)
      void socket.join(roomsOf(socket.data.caller.actor, parts.listenPermission))
      for (const command of parts.commands) listen(socket, command, parts)
      socket.on('disconnect', () => {
        sockets.delete(socket)
        metrics.sockets.set(sockets.size)
      })
    })

  const recheck = async () => {
    // With what waits for it thrown away: closed politely, it would wait until all of that is read.
    for (const socket of sockets) if (isFarBehind(socket)) connectionOf(socket).close(true)
    const open = [...sockets]
    const standings = await authenticator.standings(open.map((socket) => socket.data.caller))
    for (const socket of open) {
      const { caller } = socket.data
      if (standings.get(caller) !== caller.standing) await readmit(socket, authenticator, parts.listenPermission)
    }
  }
  const timer = setInterval(() => {
    recheck().catch((err) => log.warn({ err }, 'sockets could not be re-checked'))
  }, RECHECK_MS)

  // What other processes told while Redis was away reached nobody here: whoever listens looks for itself.
  redis?.onBack(() => {
    for (const socket of sockets) {
      setTimeout(() => socket.emit('poke', LOOK_ANEW), Math.random() * ASK_ANEW_WITHIN_MS).unref()
    }
  })

  return {
    deliver: ({ organization_id, scope_id, version, name, event, room, body }) => {
      const namespace = existing(io, `/org-${organization_id}`, redis !== undefined)
      namespace?.to([room, EVERYWHERE]).emit(event, { scope: scope_id, version, name, fact: body })
    },
    recheck,
    sockets: () => sockets.size,
    async close() {
      clearInterval(timer)
      await io.close()
    },
  }
}

/** Without Redis a namespace nobody is in need not come into being just to be told something. */
function existing(io: Server, name: string, shared: boolean): Namespace | undefined {
  return shared ? io.of(name) : io._nsps.get(name)
}

async function admit(socket: Socket, authenticator: Authenticator, permission: string): Promise<Caller> {
  const organizationId = socket.nsp.name.slice('/org-'.length)
  const token: unknown = socket.handshake.auth.token
  const { authorization: _, ...headers } = socket.handshake.headers
  const caller = await authenticator.authenticate({
    headers: typeof token === 'string' ? { ...headers, authorization: `Bearer ${token}` } : headers,
    organizationId,
  })
  if (!caller) refuse('unauthenticated', 'unauthenticated', { detail: 'Sign in first.' })
  if (caller.actor.organizationId !== organizationId) refuse('not_found', 'not_found')
  // A tablet that nobody has signed in on hears nothing; it is connected so that it is told at once when it is locked.
  if (caller.actor.kind === 'kiosk') return caller
  if (!can(caller.actor, permission)) refuse('forbidden', 'forbidden', { detail: `This needs ${permission}.` })
  return caller
}

/** It answers pings, or would be gone, but takes nothing: what waits for it would fill the memory. */
const isFarBehind = (socket: Socket) => connectionOf(socket).writeBuffer.length > MOST_WAITING
const connectionOf = ({ conn }: Socket) =>
  conn as unknown as { writeBuffer: readonly unknown[]; close: (discard: boolean) => void }

/** Who they are and what they see may be other than they know: they ask for all of it. */
const LOOK_ANEW = { scope: null, version: null, name: 'rights_changed', fact: null }

/** Other rights: other rooms. No rights: the connection ends, and the client is told that it was not the network. */
async function readmit(socket: Live, authenticator: Authenticator, permission: string) {
  try {
    socket.data.caller = await admit(socket, authenticator, permission)
    const rooms = new Set(roomsOf(socket.data.caller.actor, permission))
    for (const room of socket.rooms) if (room !== socket.id && !rooms.has(room)) await socket.leave(room)
    await socket.join([...rooms])
    socket.emit('poke', LOOK_ANEW)
  } catch {
    socket.emit('poke', { scope: null, version: null, name: 'rights_ended', fact: null })
    socket.disconnect(true)
  }
}

function roomsOf(actor: Actor, permission: string): string[] {
  if (actor.kind === 'kiosk') return []
  const reach = actor.permissions.get(permission)
  const places = reach === 'all' ? [EVERYWHERE] : [...(reach ?? [])].map(locationRoom)
  const everyone = scopeRoom(actor.organizationId)
  return actor.kind === 'member' ? [...places, everyone, memberRoom(actor.id)] : [...places, everyone]
}

const NO_HEADERS = { setHeader: () => undefined }

const Payload = z.looseObject({ idempotencyKey: z.string().optional() })

/**
 * Nothing asks for the HTTP request again, and it is half of what an idle socket would hold in memory: the connection
 * keeps it, and a WebSocket's transport too. (Long polling has a request under way all the time.)
 */
function forgetHandshakeRequest({ conn }: Socket) {
  Object.assign(conn, { request: null })
  if (conn.transport.name === 'websocket') Object.assign(conn.transport, { req: null })
}

type Acknowledge = (answer: unknown) => void

function listen(socket: Live, command: SocketCommand, parts: GatewayParts) {
  socket.on(command.name, async (payload: unknown, acknowledge?: Acknowledge) => {
    const answer = (reply: unknown) => (typeof acknowledge === 'function' ? acknowledge(reply) : undefined)
    try {
      const { actor, via, credential } = socket.data.caller
      await parts.rateLimiter.credential(NO_HEADERS, `${via}:${credential}`, actor.tenantId)
      if (!can(actor, command.permission)) refuse('forbidden', 'forbidden')
      const { idempotencyKey, ...rest } = validate(Payload, wellFormed(payload), 'body')
      const input = validate(command.input, rest, 'body')
      const operation = operationOf(idempotencyKey, 'SOCKET', command.name, rest)
      await command.prepare?.(input)
      const result = await parts.database.write(actor, async (tx) =>
        operation
          ? (await once(tx, operation, 200, () => command.run(tx, actor, input))).answer
          : command.run(tx, actor, input),
      )
      answer({ ok: true, result })
    } catch (error) {
      if (!refusalOf(error)) parts.log.error({ err: error, command: command.name }, 'bug')
      answer({ ok: false, problem: problemOf(error).data })
    }
  })
}

/** A refusal as Socket.IO carries it: an Error whose `data` is the problem. */
function problemOf(error: unknown): Error & { data: unknown } {
  const refusal = refusalOf(error)
  const data = refusal
    ? {
        status: STATUS[refusal.kind],
        code: refusal.code,
        detail: refusal.details.detail ?? refusal.code,
        errors: refusal.details.errors,
      }
    : { status: 500, code: 'internal', detail: 'This is our mistake. It has been noted.' }
  return Object.assign(new Error(data.code), { data })
}
