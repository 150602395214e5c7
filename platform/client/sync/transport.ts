import type { z } from 'zod'
import type { DrainBody, PullAnswer, PullBody, PushAnswer, PushBody } from '../../sync.ts'

/** How a replica reaches its server. Rejects with an ApiProblem for a refusal, with Unreachable for no answer at all. */
export type Transport = {
  push: (body: PushBody) => Promise<PushAnswer>
  pull: (body: PullBody) => Promise<PullAnswer>
  /** Needs no session. */
  drain: (body: z.output<typeof DrainBody>) => Promise<PushAnswer>
}

/** A request without an answer for this long has failed; on a kitchen's network that is no rarity. */
const PATIENCE_MS = 30_000

type Call = (key: never, input: never) => Promise<unknown>

/** Over the house's API client: same session, same organization, same problems. */
export function apiTransport(call: Call): Transport {
  const post = <Answer>(path: string, body: unknown) =>
    call(`POST /sync/${path}` as never, { body, signal: AbortSignal.timeout(PATIENCE_MS) } as never) as Promise<Answer>
  return {
    push: (body) => post('push', body),
    pull: (body) => post('pull', body),
    drain: (body) => post('drain', body),
  }
}
