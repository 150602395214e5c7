import { refuse } from '@opsflow/platform/refusal'
import type { Evidence } from './evidence.ts'

export type Standing = Pick<Evidence, 'arrivedAt' | 'waivedAt' | 'replacedBy'>

/** Neither here nor done without, nor another in its place: its record is not final. */
export const isMissing = (item: Standing): boolean =>
  item.arrivedAt === null && item.waivedAt === null && item.replacedBy === null

/**
 * A record is final when all its evidence has arrived, or someone with the right to has done without the rest. Only
 * what is final is confirmed.
 */
export function mustBeFinal(evidence: readonly Standing[]): void {
  const missing = evidence.filter(isMissing).length
  if (missing === 0) return
  refuse('conflict', 'evidence.missing', {
    detail: `Waiting for ${missing} ${missing === 1 ? 'photo' : 'photos'}. They come when the device that took them is online.`,
    errors: [{ path: 'evidence', code: 'evidence.missing', message: String(missing) }],
  })
}

export const nothingMissing = (): never =>
  refuse('conflict', 'evidence.nothing_missing', {
    detail: 'This photo has arrived, was done without or was replaced already.',
  })
