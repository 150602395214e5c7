import { forgetPictures } from '@opsflow/capabilities/checklists/web'
import { dropMemos, listMemos, readMeta, readUnsent, writeMeta } from '@opsflow/platform/client/sync/ledger'
import { openIdbStore } from '@opsflow/platform/client/sync/store-idb'
import { forgetPersonHere, type PersonHere, unsentKey } from './people-here.ts'

/** What a store holds that the server does not: not sent, or sent and not done. */
export type WorkHere = {
  unsent: number
  oldestAt: string | undefined
  needsAttention: number
  /** Written and not saved; it is no record, and goes when its person leaves. */
  drafts: number
}

const nothing: WorkHere = { unsent: 0, oldestAt: undefined, needsAttention: 0, drafts: 0 }

export async function workIn(people: readonly PersonHere[]): Promise<WorkHere> {
  const works = await Promise.all(people.map(({ store }) => lookInto(store)))
  return works.reduce(
    (all, one) => ({
      unsent: all.unsent + one.unsent,
      oldestAt: [all.oldestAt, one.oldestAt].filter((at) => at !== undefined).sort()[0],
      needsAttention: all.needsAttention + one.needsAttention,
      drafts: all.drafts + one.drafts,
    }),
    nothing,
  )
}

/** They leave: what is all on the server goes from this browser; of what is not, the work stays and the rows go, with
 * whatever else was kept for screens. */
export async function leaveBehind(people: readonly PersonHere[]) {
  for (const one of people) {
    const { unsent, needsAttention } = await lookInto(one.store)
    if (unsent + needsAttention > 0) await dropRows(one.store)
    else await forget(one.store)
  }
  await forgetPictures()
}

async function lookInto(name: string): Promise<WorkHere> {
  if (!(await isHere(name))) return nothing
  const store = await openIdbStore(name)
  try {
    return await store.read(async (tx) => {
      const meta = await readMeta(tx)
      if (!meta) return nothing
      const unsent = await readUnsent(tx, meta)
      const attention = await tx.list<{ settled?: string }>('attention')
      return {
        unsent: unsent.length,
        oldestAt: unsent[0]?.doing.at,
        needsAttention: attention.filter(([, { settled }]) => settled === undefined).length,
        drafts: (await listMemos(tx, 'draft')).length,
      }
    })
  } finally {
    await store.close()
  }
}

/** The rows of everyone's work are not this device's to keep for nobody; they are fetched anew at the next sign-in. */
async function dropRows(name: string) {
  const store = await openIdbStore(name)
  try {
    await store.write(async (tx) => {
      const meta = await readMeta(tx)
      await tx.clear('base')
      await dropMemos(tx)
      if (meta) await writeMeta(tx, { ...meta, cursor: nowhere, isWhole: false, change: meta.change + 1 })
    })
  } finally {
    await store.close()
  }
}

async function forget(name: string) {
  if (await isHere(name)) await (await openIdbStore(name)).destroy()
  localStorage.removeItem(unsentKey(name))
  forgetPersonHere(name)
}

const nowhere = { epoch: null, rights: null, scopes: {} }

/** Opening a store makes it; so it is asked for first, where a browser tells. */
async function isHere(name: string) {
  const all = await indexedDB.databases?.()
  return all === undefined || all.some((one) => one.name === name)
}
