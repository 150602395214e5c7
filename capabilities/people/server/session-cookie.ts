import { createHmac, timingSafeEqual } from 'node:crypto'

export type SessionCookie = {
  name: string
  attributes: { secure: boolean; httpOnly: true; sameSite: 'lax'; path: '/' }
  /** The token of a request, when the cookie is there and bears our signature. */
  tokenIn: (cookieHeader: string | undefined) => string | null
  /** A `Set-Cookie` header. */
  set: (token: string, maxAgeSeconds: number) => string
  clear: () => string
}

/**
 * `__Host-` pins the cookie to this very origin, over a secure channel. Browsers count loopback as secure; a plain
 * http address on the network is not, and gets a cookie that works there, without that promise.
 */
export function sessionCookie(publicUrl: string, secret: string): SessionCookie {
  const secure = isSecureOrigin(publicUrl)
  const name = secure ? '__Host-opsflow.session' : 'opsflow.session'
  const flags = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const sign = (token: string) => createHmac('sha256', secret).update(token).digest('base64')
  return {
    name,
    attributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
    tokenIn(cookieHeader) {
      const value = cookieValue(cookieHeader, name)
      const end = value?.lastIndexOf('.') ?? -1
      if (!value || end < 1) return null
      const token = value.slice(0, end)
      return isSame(value.slice(end + 1), sign(token)) ? token : null
    },
    set: (token, maxAgeSeconds) =>
      `${name}=${encodeURIComponent(`${token}.${sign(token)}`)}; Max-Age=${maxAgeSeconds}; ${flags}`,
    clear: () => `${name}=; Max-Age=0; ${flags}`,
  }
}

export function isSecureOrigin(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

export function cookieValue(cookieHeader: string | undefined, name: string): string | null {
  const found = cookieHeader
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
  try {
    return found ? decodeURIComponent(found.slice(name.length + 1)) : null
  } catch {
    return null
  }
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
