import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { taskMutators } from '@opsflow/capabilities/tasks'
import { Unreachable } from '@opsflow/platform/client/problem'
import { openReplica } from '@opsflow/platform/client/sync/open-replica'
import { sqliteDatabase } from '@opsflow/platform/client/sync/sqlite-database.for-tests'
import { openSqliteStore } from '@opsflow/platform/client/sync/store-sqlite'
import { apiTransport } from '@opsflow/platform/client/sync/transport'
import { uuid7 } from '@opsflow/platform/server/uuid7'
import { io, type Socket } from 'socket.io-client'
import type { Caller, Told } from '../kitchen.ts'
import type { History, Operation } from './history.ts'
import type { Customer } from './house.ts'

/** No answer after so long is none. */
const PATIENCE_MS = 20_000
const PAUSE_MS = 15

export type ClientParts = {
  name: string
  history: History
  own: Customer
  other: Customer & { unitId: string; sensorId: string }
  /** Signed in; or with a device key, for a gateway. */
  caller: Caller
  signal: AbortSignal
}

type Asked = { method: string; path: string; body: unknown; headers?: Record<string, string> }

/**
 * What an answer says of a write. "Nothing was stored" is taken at its word, but it speaks of this attempt alone: where an
 * earlier one was not heard of, it settles nothing.
 */
function outcomeOf({ status, body }: Told, { wasUnknown }: Operation): 'ok' | 'fail' | 'unknown' {
  if (status < 300) return 'ok'
  if (status < 500) return 'fail'
  const saysNothing = ['database.unavailable', 'database.full', 'database.busy', 'database.clock'].includes(body?.code)
  return saysNothing && !wasUnknown ? 'fail' : 'unknown'
}

class Client {
  readonly parts: ClientParts
  #count = 0

  constructor(parts: ClientParts) {
    this.parts = parts
  }

  nextMarker = () => `${this.parts.own.mark}-${this.parts.name}-${String(++this.#count).padStart(6, '0')}`

  /** An answer, looked through; undefined when there was none. */
  async ask({ method, path, body, headers = {} }: Asked): Promise<Told | undefined> {
    const { caller, history, name, own } = this.parts
    try {
      const told = await caller.ask(method, path, { body, headers, patienceMs: PATIENCE_MS })
      history.look(name, own.mark, `${method} ${path.split('?')[0]}`, told.text)
      if (told.status === 500) history.bugs.push(`${method} ${path}: ${told.text}`)
      return told
    } catch {
      return undefined
    }
  }

  /** A write with a key. Half of those that nobody answered are asked for again at once, the others at the very end. */
  async write(marker: string, record: string | undefined, asked: Asked): Promise<Told | undefined> {
    const { history, name, own, signal } = this.parts
    const keyed = { ...asked, headers: { 'idempotency-key': marker } }
    const ask = async () => {
      const told = await this.ask(keyed)
      history.end(operation, told ? outcomeOf(told, operation) : 'unknown')
      return told
    }
    const again = async () => void (await ask())
    const operation: Operation = history.invoke({ client: name, mark: own.mark, marker, record, again })
    let told = await ask()
    for (let tries = 0; operation.outcome === 'unknown' && this.#count % 4 < 2; tries++) {
      if (signal.aborted || tries === 50) break
      await rest(100)
      told = await ask()
    }
    return told
  }
}

const rest = (ms: number) => pause(ms * (0.5 + Math.random()))

/** Somebody at a desk: makes tasks, says things about one of them, and tries what is not theirs. */
export async function deskWorker(parts: ClientParts) {
  const client = new Client(parts)
  const { own, other, signal } = parts
  const create = (marker: string, locationId = own.locationId) =>
    client.write(marker, undefined, { method: 'POST', path: '/tasks', body: { locationId, title: marker } })
  let thread: string | undefined
  for (let turn = 0; !signal.aborted; turn++, await rest(PAUSE_MS)) {
    const marker = client.nextMarker()
    if (thread === undefined) thread = (await create(marker))?.body?.id
    else if (turn % 10 === 3) await create(marker, other.locationId)
    else if (turn % 10 === 6) await client.ask({ method: 'GET', path: '/tasks?limit=50', body: undefined })
    else if (turn % 10 === 9) await client.ask({ method: 'GET', path: `/units/${other.unitId}`, body: undefined })
    else if (turn % 2 === 0) await create(marker)
    else {
      const path = `/tasks/${thread}/comments`
      await client.write(marker, thread, { method: 'POST', path, body: { text: marker } })
    }
  }
}

/** Somebody with the board open: hears what happens, and records temperatures over the socket. */
export async function boardWatcher(parts: ClientParts & { unitId: string }) {
  const client = new Client(parts)
  const { history, own, other, signal, name, caller } = parts
  const socket = connect(caller, own)
  socket.onAny((event: string, ...told: unknown[]) =>
    history.look(name, own.mark, `frame ${event}`, JSON.stringify(told)),
  )
  const record = async (marker: string, unitId: string) => {
    const command = { unitId, value: '38.5', unit: 'F', note: marker, idempotencyKey: marker }
    const ask = async () => history.end(operation, await told(command, operation))
    const operation = history.invoke({ client: name, mark: own.mark, marker, again: ask })
    await ask()
  }
  const told = async (command: object, operation: Operation) => {
    try {
      const answer = await socket.timeout(PATIENCE_MS / 4).emitWithAck('temperature-reading', command)
      history.look(name, own.mark, 'acknowledgement', JSON.stringify(answer))
      if (answer.ok) return 'ok'
      if (answer.problem.status === 500) history.bugs.push(`socket: ${JSON.stringify(answer)}`)
      return outcomeOf({ status: answer.problem.status, body: answer.problem, text: '', type: '' }, operation)
    } catch {
      return 'unknown'
    }
  }
  for (let turn = 0; !signal.aborted; turn++, await rest(PAUSE_MS * 2)) {
    if (socket.connected) await record(client.nextMarker(), turn % 8 === 5 ? other.unitId : parts.unitId)
  }
  // What was not heard of is asked for over the socket, as it was at first.
  return () => socket.disconnect()
}

export const connect = (caller: Caller, { organizationId }: Pick<Customer, 'organizationId'>): Socket =>
  io(`${caller.origin}/org-${organizationId}`, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { ...caller.headers, origin: caller.origin },
    reconnectionDelay: 50,
    reconnectionDelayMax: 500,
    timeout: 5_000,
  })

/** A phone of its own copy, through the product's own engine: works whether the server is there or not. */
export async function phone(parts: ClientParts) {
  const client = new Client(parts)
  const { history, own, other, signal, name } = parts
  const waiting = new Map<string, Operation>()
  const call = async (key: string, { body }: { body: { mutations?: { uid: string }[] } }) => {
    const [method = '', path = ''] = key.split(' ')
    const answer = await client.ask({ method, path, body })
    const sent = (body.mutations ?? []).flatMap(({ uid }) => waiting.get(uid) ?? [])
    if (answer?.status !== 200) {
      for (const operation of sent) history.end(operation, 'unknown')
      throw new Unreachable(`${answer?.status ?? 'Nobody'} answered.`)
    }
    for (const { uid, outcome } of answer.body.results ?? []) {
      const operation = waiting.get(uid)
      if (operation) history.end(operation, outcome === 'applied' ? 'ok' : 'fail')
    }
    return answer.body
  }
  const replica = await openReplica({
    name,
    owner: { kind: 'member', id: own.memberId, name: own.memberName },
    mutators: Object.values(taskMutators),
    store: await openSqliteStore(sqliteDatabase(':memory:')),
    transport: apiTransport(call as never),
    newId: () => uuid7(),
    later: () => () => undefined,
    tabs: () => ({ alone: (work) => work(), tell: () => undefined, close: () => undefined }),
  })
  const sync = () => replica.sync().catch(() => undefined)
  const expectAnswer = async (marker: string, record: string | undefined, work: () => Promise<{ uid: string }>) => {
    const operation = history.invoke({ client: name, mark: own.mark, marker, record, again: sync })
    waiting.set((await work()).uid, operation)
  }
  const create = (marker: string, id: string, locationId: string) =>
    expectAnswer(marker, undefined, () => replica.mutate(taskMutators.create, { id, locationId, title: marker }))
  const thread = randomUUID()
  await create(client.nextMarker(), thread, own.locationId)
  for (let turn = 0; !signal.aborted; turn++, await rest(PAUSE_MS * 2)) {
    const marker = client.nextMarker()
    if (turn % 9 === 7) await create(marker, randomUUID(), other.locationId)
    else if (turn % 2 === 0) await create(marker, randomUUID(), own.locationId)
    else {
      const said = { id: uuid7(), taskId: thread, text: marker }
      await expectAnswer(marker, thread, () => replica.mutate(taskMutators.comment, said))
    }
    if (turn % 4 === 0) await sync()
  }
}

/** A box in the kitchen that sends readings and keeps each until it is told that it was taken. */
export async function gateway(parts: ClientParts & { sensorId: string; unitId: string }) {
  const client = new Client(parts)
  const { history, own, other, signal, name, sensorId, unitId } = parts
  let at = Date.now() - 20 * 3_600_000
  for (; !signal.aborted; await rest(PAUSE_MS * 2)) {
    const batch = Array.from({ length: 8 }, (_, n) => {
      const isForeign = n === 5
      at += 100 // a long run must not come to what is still to be
      const measuredAt = new Date(at).toISOString()
      const reading = { sensorId: isForeign ? other.sensorId : sensorId, measuredAt, value: '38.5', unit: 'F' }
      const marker = `${isForeign ? other.unitId : unitId}@${measuredAt}`
      return { reading, operation: history.invoke({ client: name, mark: own.mark, marker }) }
    })
    const send = async () => {
      const body = { readings: batch.map(({ reading }) => reading) }
      const told = await client.ask({ method: 'POST', path: '/ingest/readings', body })
      batch.forEach(({ operation }, index) => {
        const status = told?.body?.results?.[index]?.status
        // Refused as a whole, it is sent again, as gateways do: only a verdict on the reading itself is one.
        history.end(operation, status === undefined ? 'unknown' : status === 'rejected' ? 'fail' : 'ok')
      })
    }
    for (const { operation } of batch) operation.again = send
    await send()
    while (!signal.aborted && batch.some(({ operation }) => operation.outcome === 'unknown')) {
      await rest(150)
      await send()
    }
  }
}
