import { lookup } from 'node:dns'
import { BlockList, isIPv6, type LookupFunction } from 'node:net'

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

/** Resolves a name, and refuses one that leads into a private network, whatever the name promised. */
export const publicLookup: LookupFunction = (hostname, options, answer) =>
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return answer(error, '', 0)
    const [first] = found
    if (!first || found.some(({ address }) => isPrivate(address))) {
      return answer(Object.assign(new Error(`${hostname} leads into a private network`), { code: 'EPRIVATE' }), '', 0)
    }
    if (options.all) return answer(null, found)
    answer(null, first.address, first.family)
  })

const closed = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  closed.addSubnet(network, bits, 'ipv4')
}
/** Of IPv6 only what is routed in public is open; of that, what carries an IPv4 address in itself is not. */
const routed = new BlockList()
routed.addSubnet('2000::', 3, 'ipv6')
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const) {
  closed.addSubnet(network, bits, 'ipv6')
}

export function isPrivate(address: string): boolean {
  if (!isIPv6(address)) return closed.check(address, 'ipv4')
  return !routed.check(address, 'ipv6') || closed.check(address, 'ipv6')
}
