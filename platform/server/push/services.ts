/**
 * Where messages may go. An endpoint comes from a browser, so from anyone: without this it would make the server call
 * whatever address it names (SSRF).
 */
export type PushServices = {
  /** `fcm.googleapis.com`, or `*.push.apple.com` for every name below: by https, at a public address. */
  hosts: readonly string[]
  /** Written by whoever runs the product, scheme and all: a service of their own, at whatever address. */
  origins: readonly string[]
}

/** Of the browsers: Chrome, Edge and others on Chromium, Firefox, Windows, Safari. */
export const browserServices = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  '*.push.apple.com',
]

const HOST = /^(\*\.)?([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/

/** `undefined` for an entry that is neither a host nor an origin; plain http only to this machine. */
export function readServices(entries: readonly string[]): PushServices | undefined {
  const hosts = entries.filter((entry) => HOST.test(entry))
  const origins = entries.filter((entry) => !HOST.test(entry))
  return origins.every(isOrigin) ? { hosts, origins: origins.map((entry) => new URL(entry).origin) } : undefined
}

function isOrigin(entry: string): boolean {
  if (!URL.canParse(entry)) return false
  const { protocol, origin, href, hostname } = new URL(entry)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return href === `${origin}/` && (protocol === 'https:' || (protocol === 'http:' && isLocal))
}

export function mayReceive({ hosts, origins }: PushServices, endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, origin, hostname, port, username, password } = new URL(endpoint)
  if (username !== '' || password !== '') return false
  if (origins.includes(origin)) return true
  return protocol === 'https:' && port === '' && hosts.some((host) => isNamed(host, hostname))
}

const isNamed = (host: string, name: string) =>
  host.startsWith('*.') ? name.endsWith(host.slice(1)) && name.length > host.length - 1 : name === host
