import { refuse } from '@opsflow/platform/refusal'
import type { Evidence } from './evidence.ts'

/** Neither here nor done without: its record is not final. */
export const isMissing = (item: Pick<Evidence, 'arrivedAt' | 'waivedAt'>): boolean =>
  item.arrivedAt === null && item.waivedAt === null

/**
 * A record is final when all its evidence has arrived, or someone with the right to has done without the rest. Only
 * what is final is confirmed.
 */
export function mustBeFinal(evidence: readonly Pick<Evidence, 'arrivedAt' | 'waivedAt'>[]): void {
  const missing = evidence.filter(isMissing).length
  if (missing === 0) return
  refuse('conflict', 'evidence.missing', {
    detail: `Waiting for ${missing} ${missing === 1 ? 'photo' : 'photos'}. They come when the device that took them is online.`,
    errors: [{ path: 'evidence', code: 'evidence.missing', message: String(missing) }],
  })
}
