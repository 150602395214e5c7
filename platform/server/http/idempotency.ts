import { createHash } from 'node:crypto'
import { refuse } from '../../refusal.ts'
import type { Tx } from '../tenant.ts'

export type Operation = { key: string; requestHash: Buffer }

/**
 * The `Idempotency-Key` of a write, with what it stands for: the same key may only repeat the same request. A signature
 * is no part of what is kept: from a digest of the request, its few digits could be found by trying them all.
 */
export function operationOf(header: string | undefined, method: string, path: string, body: unknown): Operation | null {
  if (header === undefined) return null
  if (!/^[\x21-\x7e]{1,200}$/.test(header)) {
    refuse('invalid', 'idempotency.key_invalid', {
      detail: 'Idempotency-Key: 1 to 200 visible ASCII characters, for example a UUID.',
      errors: [
        {
          path: 'header.idempotency-key',
          code: 'idempotency.key_invalid',
          message: '1 to 200 visible ASCII characters.',
        },
      ],
    })
  }
  const request = createHash('sha256').update(`${method} ${path}\n`)
  if (body instanceof Uint8Array) request.update(body)
  else request.update(JSON.stringify(body ?? null, withoutSignature))
  return { key: header, requestHash: request.digest() }
}

const withoutSignature = (key: string, value: unknown) => (key === 'signature' ? undefined : value)

export type Answered = { status: number; answer: unknown; replayed: boolean }

/**
 * Does the work once. Its answer is stored in the transaction of the work, so either both are there or neither.
 * Two requests with one key wait for each other; the second gets the first one's answer.
 */
export async function once(
  tx: Tx,
  operation: Operation,
  status: number,
  work: () => Promise<unknown>,
): Promise<Answered> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended(app.tenant()::text || app.actor() || $1, 0))`, [
    operation.key,
  ])
  const [known] = await tx.query<{ request_hash: Buffer; status: number; answer: unknown }>(
    `select request_hash, status, answer from operations where actor = app.actor() and key = $1`,
    [operation.key],
  )
  if (known) {
    if (!known.request_hash.equals(operation.requestHash)) {
      refuse('invalid', 'idempotency.key_reused', {
        detail: 'This Idempotency-Key was used for another request. Use a new key for new work.',
      })
    }
    return { status: known.status, answer: known.answer, replayed: true }
  }
  const answer = await work()
  await tx.query(`insert into operations (key, request_hash, status, answer) values ($1, $2, $3, $4)`, [
    operation.key,
    operation.requestHash,
    status,
    answer === undefined ? null : JSON.stringify(answer),
  ])
  return { status, answer, replayed: false }
}
