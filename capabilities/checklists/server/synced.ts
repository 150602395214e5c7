import type { SyncedEntity } from '@opsflow/platform/server/sync'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { ANSWER, CHECKLIST, FORM } from '../sync-entities.ts'
import { readAnswers, readChecklists } from './doing/store.ts'
import { answersOfEnded, endedChecklists, replacedForms } from './doing/store-synced.ts'
import { readForms } from './templates/store-forms.ts'

type Located = { id: string; locationId: string }

const entity = <R extends Located>(
  name: string,
  read: (tx: ReadTx, ids: readonly string[]) => Promise<R[]>,
  leaves: SyncedEntity['leaves'] & {},
): SyncedEntity => ({
  name,
  permission: 'checklists.read',
  read: async (tx, ids) => (await read(tx, ids)).map((row) => ({ id: row.id, scope: row.locationId, row })),
  leaves,
})

/** What devices hold: the forms in use, everything unfinished with its answers, and what ended within three days. */
export const syncedChecklists: readonly SyncedEntity[] = [
  entity(FORM, readForms, { afterDays: 3, over: replacedForms }),
  entity(CHECKLIST, readChecklists, { afterDays: 3, over: endedChecklists }),
  entity(ANSWER, readAnswers, { afterDays: 3, over: answersOfEnded }),
]
