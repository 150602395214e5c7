import { lookup } from 'node:dns'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'

/** Finds every address of a name, as `dns.lookup` does; tests put their own in its place. */
export type Resolve = (
  hostname: string,
  options: { family?: number | string | undefined; hints?: number | undefined; all: true },
  answer: (error: NodeJS.ErrnoException | null, found: { address: string; family: number }[]) => void,
) => void

/**
 * A lookup for `net.connect` that refuses a name leading into a private network, whatever the name promised. The
 * connection is opened to the very address that was judged: there is no second question a name could answer otherwise.
 */
export const publicLookupBy =
  (resolve: Resolve): LookupFunction =>
  (hostname, { family, hints, all }, answer) =>
    resolve(hostname, { family, hints, all: true }, (error, found) => {
      if (error) return answer(error, '', 0)
      const [first] = found
      if (!first || found.some(({ address }) => isPrivate(address))) {
        return answer(Object.assign(new Error(`${hostname} leads into a private network`), { code: 'EPRIVATE' }), '', 0)
      }
      if (all) return answer(null, found)
      answer(null, first.address, first.family)
    })

export const publicLookup = publicLookupBy(lookup as Resolve)

/**
 * A host that is an address is never looked up, so it is judged by itself. `URL` has already read `2130706433`, `0x7f.1`
 * and `[::ffff:7f00:1]` as what they are.
 */
export const isPrivateHost = (hostname: string): boolean => {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) !== 0 && isPrivate(bare)
}

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
  ['192.88.99.0', 24],
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
  ['3fff::', 20],
] as const) {
  closed.addSubnet(network, bits, 'ipv6')
}

/** Anything that is no address at all is private too: there is nothing to be sure of. */
export function isPrivate(address: string): boolean {
  if (isIP(address) === 0) return true
  if (!isIPv6(address)) return closed.check(address, 'ipv4')
  return !routed.check(address, 'ipv6') || closed.check(address, 'ipv6')
}
