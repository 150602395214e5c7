import type { Request } from 'express'
import { refuse } from '../../refusal.ts'

/**
 * A cookie travels by itself, so a write that rides on one must come from our own pages. Browsers send Origin with
 * every cross-site write; a caller without Origin and without fetch metadata is no browser and has no ambient cookie.
 */
export function sameOrigin(req: Request, method: string, publicOrigin: string) {
  if (method === 'GET') return
  const origin = req.get('origin')
  const site = req.get('sec-fetch-site')
  const own = origin === publicOrigin || (origin !== undefined && isHost(origin, req.get('host')))
  if (origin === undefined ? site === undefined || site === 'same-origin' || site === 'none' : own) return
  refuse('forbidden', 'origin.foreign', { detail: 'This request came from another site.' })
}

/** Same host as the request came to: holds behind any name the product is reached under. */
export function isHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
