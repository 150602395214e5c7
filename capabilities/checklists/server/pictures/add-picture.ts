import type { NamedPhoto } from '@opsflow/capabilities/evidence'
import { type Actor, demand } from '@opsflow/platform/actor'
import { notFound, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import { bytesOf, drawPicture } from '@opsflow/platform/server/files/keep-picture'
import { holdBytes } from '@opsflow/platform/server/files/leavings'
import type { FileParts } from '@opsflow/platform/server/files/receive'
import { countKept, demandRoom } from '@opsflow/platform/server/files/store'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { DraftContent } from '../../template.ts'
import { holdPictures, insertPicture, pictureOf } from './store.ts'

/** A picture for the items of this organization's checklists: drawn anew, and counted to its room. */
export async function addPicture(actor: Actor, files: FileParts, bytes: Uint8Array): Promise<NamedPhoto> {
  demand(actor, 'checklists.manage')
  await files.database.read(actor, (tx) => demandRoom(tx, files.quotaBytes, bytes.length))
  const drawn = await drawPicture(files, actor, Buffer.from(bytes))
  return files.database.write(actor, async (tx) => {
    const size = drawn.kept.bytes.length + (drawn.kept.thumbnail?.length ?? 0)
    await demandRoom(tx, files.quotaBytes, size)
    await holdBytes(tx, files.storage, bytesOf(drawn))
    if (await insertPicture(tx, drawn)) {
      await countKept(tx, size)
      const added = (await pictureOf(tx, drawn.sha256)) ?? notFound()
      await recordEvent(tx, { name: 'checklists.picture_added', subjectId: added.id, after: { sha256: added.sha256 } })
    }
    return (await pictureOf(tx, drawn.sha256)) ?? notFound()
  })
}

/** An item shows a picture of its own organization, or none. */
export async function demandPictures(tx: Tx, draft: Pick<DraftContent, 'sections'>): Promise<void> {
  const shown = draft.sections.flatMap(({ items }, s) =>
    items.flatMap(({ picture }, i) =>
      picture ? [{ picture, path: `body.draft.sections[${s}].items[${i}].picture` }] : [],
    ),
  )
  if (shown.length === 0) return
  const known = await holdPictures(
    tx,
    shown.map(({ picture }) => picture),
  )
  const unknown = shown.filter(({ picture: { id, sha256 } }) => !known.has(`${id} ${sha256}`))
  if (unknown.length === 0) return
  const message = 'There is no such picture. Add it by POST /checklist-pictures, and give its answer here.'
  refuse('invalid', 'checklists.picture_unknown', {
    detail: message,
    errors: unknown.map(({ path }) => ({ path, code: 'checklists.picture_unknown', message })),
  })
}
