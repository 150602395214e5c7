import { ApiProblem, Unreachable } from '@opsflow/platform/client/api'

/** No network, no server, or one that stands behind a door which answers for it: then the tablet is on its own. */
export const isAway = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof ApiProblem && error.status >= 500) ||
  /^(TimeoutError|AbortError)$/.test((error as Error | undefined)?.name ?? '')
