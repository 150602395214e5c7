import type { IncomingHttpHeaders } from 'node:http'
import type { Actor } from '../../actor.ts'
import type { Answer, Body, Params, Query, Route, RouteKey, RouteTable } from '../../route.ts'
import type { Statement } from '../batch.ts'
import type { Database, ReadTx, Tx } from '../tenant.ts'

/** What a handler gets: the caller, the validated parts of the request, and the database in the caller's name. */
export type Call<R> = {
  actor: R extends { permission: 'public' } ? Actor | null : Actor
  params: Params<R>
  query: Query<R>
  body: Body<R>
  requestId: string
  read: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>
  readOne: <Row>(asked: string | Statement, params?: readonly unknown[]) => Promise<Row[]>
  readBatch: (statements: readonly Statement[]) => Promise<unknown[][]>
  /** Once per request. What the work returns is the answer: it is stored with it under the Idempotency-Key. */
  write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  database: Database
  http: {
    headers: IncomingHttpHeaders
    ip: string
    setHeader: (name: string, value: string | string[]) => void
  }
}

export type Handlers<T extends RouteTable> = {
  [K in keyof T]: (call: Call<T[K]>) => Promise<Answer<T[K]>> | Answer<T[K]>
}

export type Implementation = { key: RouteKey; route: Route; handle: (call: Call<Route>) => unknown }

/** Joins a capability's route table with its handlers; a route without a handler does not compile. */
export function implement<T extends RouteTable>(routes: T, handlers: Handlers<T>): Implementation[] {
  return Object.entries(routes).map(([key, route]) => ({
    key: key as RouteKey,
    route: route as Route,
    handle: handlers[key as keyof T] as unknown as Implementation['handle'],
  }))
}
