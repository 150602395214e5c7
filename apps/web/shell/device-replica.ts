import { alertMutators } from '@opsflow/capabilities/alerts'
import { checklistMutators } from '@opsflow/capabilities/checklists'
import { evidenceMutators } from '@opsflow/capabilities/evidence'
import { findingMutators } from '@opsflow/capabilities/findings'
import { processMutators } from '@opsflow/capabilities/processes'
import { taskMutators } from '@opsflow/capabilities/tasks'
import { temperatureMutators } from '@opsflow/capabilities/temperature'
import { type Mark, type Owner, openReplica } from '@opsflow/platform/client/sync/open-replica'
import type { Replica } from '@opsflow/platform/client/sync/replica'
import { openIdbStore } from '@opsflow/platform/client/sync/store-idb'
import { apiTransport } from '@opsflow/platform/client/sync/transport'
import { storeOf, unsentKey } from './people-here.ts'

/** Everything that staff can do without a network. */
const mutators = [
  ...Object.values(temperatureMutators),
  ...Object.values(taskMutators),
  ...Object.values(checklistMutators),
  ...Object.values(findingMutators),
  ...Object.values(alertMutators),
  ...Object.values(processMutators),
  ...Object.values(evidenceMutators),
]

/** The local copy of one owner in one organization, in this browser. */
export async function openDeviceReplica(
  call: Parameters<typeof apiTransport>[0],
  organizationId: string,
  owner: Owner,
): Promise<Replica> {
  const name = storeOf(organizationId, owner.kind, owner.id)
  let replica: Replica | undefined
  // What this page still knows is put back at once.
  const store = await openIdbStore(name, indexedDB, () => void replica?.sync())
  replica = await openReplica({ name, store, transport: apiTransport(call), mutators, owner, mark: markOf(name) })
  return replica
}

function markOf(name: string): Mark {
  const key = unsentKey(name)
  return {
    read() {
      const unsent = localStorage.getItem(key)
      return unsent === null ? undefined : Number(unsent)
    },
    write(unsent) {
      if (unsent === undefined) localStorage.removeItem(key)
      else localStorage.setItem(key, String(unsent))
    },
  }
}
