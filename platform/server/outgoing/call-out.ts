import { type IncomingHttpHeaders, Agent as PlainAgent, request as requestPlain } from 'node:http'
import { request as requestSecure, Agent as SecureAgent } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isPrivateHost, publicLookup } from './addresses.ts'

/** A call to an address that someone else may have chosen. */
export type OutgoingCall = {
  url: string
  method: 'GET' | 'POST' | 'PUT'
  headers: Record<string, string>
  body?: Buffer | undefined
  withinMs: number
  /** Of an answer's body so much is read, and not a byte more; 0 asks for its head only. */
  mostBytes: number
}

export type CallOutRules = {
  /** Written by whoever runs the product: it may lie at any address and port, and speak plain http. */
  isOwn?: boolean
  ports?: readonly number[]
  lookup?: LookupFunction
}

export type OutgoingAnswer = { status: number; headers: IncomingHttpHeaders; body: Buffer }

/** Why nothing was called, or why its answer was not taken. */
export type OutgoingRefusal = 'url' | 'scheme' | 'port' | 'credentials' | 'private' | 'too_large' | 'unreachable'

export class CallRefused extends Error {
  override name = 'CallRefused'
  readonly why: OutgoingRefusal
  constructor(why: OutgoingRefusal, cause?: unknown) {
    super(`an outgoing call was refused or failed: ${why}`, { cause })
    this.why = why
  }
}

const PORTS = [443]

/** Kept connections of one kind each: none that was opened to a private address is borrowed by a call that may not. */
const kept = {
  public: new SecureAgent({ keepAlive: true }),
  own: { 'https:': new SecureAgent({ keepAlive: true }), 'http:': new PlainAgent({ keepAlive: true }) },
}

/**
 * The one way out to addresses that are not ours: https to a public address at an allowed port, judged where the
 * connection is opened. No redirection is followed, nothing is sent along that was not asked for, and time and size have
 * an end. Throws `CallRefused`; its words never hold the address, which may be a secret.
 */
export function callOut(call: OutgoingCall, rules: CallOutRules = {}): Promise<OutgoingAnswer> {
  const { url, method, headers, body, withinMs, mostBytes } = call
  const refusal = refusalOf(url, rules)
  if (refusal) return Promise.reject(new CallRefused(refusal))
  const { isOwn = false, lookup } = rules
  const agent = isOwn ? kept.own[new URL(url).protocol as 'http:' | 'https:'] : kept.public
  const send = url.startsWith('http:') ? requestPlain : requestSecure
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(error instanceof CallRefused ? error : new CallRefused(whyOf(error), error))
    const asked = send(url, {
      method,
      headers: { ...headers, ...(body && { 'content-length': String(body.length) }) },
      signal: AbortSignal.timeout(withinMs),
      agent: lookup ? false : agent,
      ...(!isOwn && { lookup: lookup ?? publicLookup }),
    })
    asked.on('error', fail)
    asked.on('response', (response) => {
      const { statusCode: status = 0, headers: told } = response
      if (mostBytes === 0) {
        response.on('error', () => undefined)
        response.resume()
        return resolve({ status, headers: told, body: Buffer.alloc(0) })
      }
      const parts: Buffer[] = []
      let size = 0
      response.on('data', (part: Buffer) => {
        size += part.length
        if (size <= mostBytes) return void parts.push(part)
        fail(new CallRefused('too_large'))
        response.destroy()
      })
      response.on('error', fail)
      response.on('end', () => resolve({ status, headers: told, body: Buffer.concat(parts) }))
    })
    asked.end(body)
  })
}

/** Before anything is looked up. */
export function refusalOf(
  url: string,
  { isOwn = false, ports = PORTS }: CallOutRules = {},
): OutgoingRefusal | undefined {
  if (!URL.canParse(url)) return 'url'
  const { protocol, port, username, password, hostname } = new URL(url)
  if (username !== '' || password !== '') return 'credentials'
  if (isOwn) return protocol === 'https:' || protocol === 'http:' ? undefined : 'scheme'
  if (protocol !== 'https:') return 'scheme'
  if (!ports.includes(Number(port || 443))) return 'port'
  return isPrivateHost(hostname) ? 'private' : undefined
}

const whyOf = (error: unknown): OutgoingRefusal =>
  (error as NodeJS.ErrnoException).code === 'EPRIVATE' ? 'private' : 'unreachable'
