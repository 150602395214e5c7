import { notFound } from '@opsflow/platform/refusal'
import type { Paper } from '../paper.ts'
import type { ReportParts } from './parts.ts'
import { paperOf } from './store-papers.ts'

type From = { ip: string; setHeader: (name: string, value: string) => unknown }

/** What is kept of the paper that someone holds. An unknown code and one of a suspended customer are answered alike. */
export async function paperBehind(
  { pool, rateLimiter, digest }: ReportParts,
  code: string,
  from: From,
): Promise<Paper> {
  await rateLimiter.link(from, from.ip)
  return (await paperOf(pool, digest(code))) ?? notFound()
}
