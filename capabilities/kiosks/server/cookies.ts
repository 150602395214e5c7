import type { IncomingHttpHeaders } from 'node:http'
import { cookieValue, isSecureOrigin } from '@opsflow/capabilities/people/server'

/** What a tablet carries: its own key, and while someone is at it the token of their session. No script reads either. */
export type TabletCookies = {
  keyIn: (headers: IncomingHttpHeaders) => string | null
  tokenIn: (headers: IncomingHttpHeaders) => string | null
  setKey: (key: string) => string
  /** Goes with the browser; it is short-lived on the server anyway. */
  setToken: (token: string) => string
  clearToken: () => string
  clearAll: () => string[]
}

const YEAR_SECONDS = 365 * 24 * 3600

/** `Strict`: nothing another site starts ever rides on a tablet. */
export function tabletCookies(publicUrl: string): TabletCookies {
  const secure = isSecureOrigin(publicUrl)
  const [key, token] = ['kiosk', 'kiosk-session'].map((name) => `${secure ? '__Host-' : ''}opsflow.${name}`) as [
    string,
    string,
  ]
  const flags = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
  const secretIn = (headers: IncomingHttpHeaders, name: string) => {
    const value = cookieValue(headers.cookie, name)
    return value && /^[\w-]{43}$/.test(value) ? value : null
  }
  const clearToken = () => `${token}=; Max-Age=0; ${flags}`
  return {
    keyIn: (headers) => secretIn(headers, key),
    tokenIn: (headers) => secretIn(headers, token),
    setKey: (value) => `${key}=${value}; Max-Age=${YEAR_SECONDS}; ${flags}`,
    setToken: (value) => `${token}=${value}; ${flags}`,
    clearToken,
    clearAll: () => [`${key}=; Max-Age=0; ${flags}`, clearToken()],
  }
}
