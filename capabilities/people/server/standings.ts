import type { Caller } from '@opsflow/platform/server/authenticator'
import type { Directory, Holder } from './directory.ts'
import type { Identity } from './identity.ts'
import { standingsAtTablets, type Tablets } from './tablets.ts'

/** How each caller stands now, read from the database: a few statements, however many callers. Ended ones are missing. */
export async function standingsOf(
  callers: readonly Caller[],
  identity: Pick<Identity, 'usersOf'>,
  directory: Pick<Directory, 'memberships' | 'members' | 'keys' | 'devices'>,
  tablets: Pick<Tablets, 'statesOf'> | undefined,
): Promise<Map<Caller, string>> {
  const by = (via: Caller['via']) => callers.filter((caller) => caller.via === via)
  const [sessions, keys, devices, kiosks] = [by('session'), by('key'), by('device'), by('kiosk')]
  const [users, keyHolders, deviceHolders] = await Promise.all([
    sessions.length > 0 ? identity.usersOf(sessions.map(({ credential }) => credential)) : new Map<string, string>(),
    keys.length > 0 ? directory.keys(keys.map(({ actor }) => actor)) : [],
    devices.length > 0 ? directory.devices(devices.map(({ actor }) => actor)) : [],
  ])
  const members = users.size > 0 ? await directory.memberships([...new Set(users.values())]) : []

  const standing = new Map([...members, ...keyHolders, ...deviceHolders].filter(isActive).map(named))
  const atTablets = tablets && kiosks.length > 0 ? await standingsAtTablets(kiosks, tablets, directory) : []
  return new Map([
    ...atTablets,
    ...[...sessions, ...keys, ...devices].flatMap((caller): [Caller, string][] => {
      const now = standing.get(nameOf(caller.actor))
      const isOver = now === undefined || (caller.via === 'session' && !users.has(caller.credential))
      return isOver ? [] : [[caller, now]]
    }),
  ])
}

const isActive = ({ suspended }: Holder) => !suspended
const nameOf = ({ kind, tenantId, id }: Holder['actor']) => `${kind} ${tenantId} ${id}`
const named = ({ actor, standing }: Holder): [string, string] => [nameOf(actor), standing]
