import type { ComponentType } from 'react'
import type { MutationResult, SentMutation } from '../sync.ts'

/** How a capability speaks about work that was recorded on a device, wherever it waits or was not done. */
export type WorkWords = {
  /** What was done, as the kitchen would say it. */
  Text: ComponentType<{ mutation: SentMutation }>
  /** Why the server did not do it, in words of this capability; undefined where it has none of its own. */
  Reason: ComponentType<{ result: Pick<MutationResult, 'code' | 'detail'> }>
  /** The form it can be mended in, with what was typed; undefined where there is none. */
  fixOf: (mutation: SentMutation) => string | undefined
}
