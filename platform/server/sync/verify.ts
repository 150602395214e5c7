import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Actor } from '../../actor.ts'
import { type VerifyAnswer, type VerifyBody, verifiedText } from '../../sync.ts'
import type { PullParts } from './pull.ts'
import { readRows } from './read-rows.ts'
import { readHeld, readScopes } from './store-feed.ts'

/** What a copy that is whole would hold of each scope the cursor names. */
export async function verify(
  parts: Pick<PullParts, 'database' | 'entities' | 'actors'>,
  actor: Actor,
  { cursor }: z.output<typeof VerifyBody>,
): Promise<VerifyAnswer> {
  const entities = new Map(parts.entities.map((entity) => [entity.name, entity]))
  return parts.database.read(await parts.actors.reader(actor), async (tx) => {
    const scopes: VerifyAnswer['scopes'] = []
    for (const { id, version } of (await readScopes(tx, Object.keys(cursor.scopes))).scopes) {
      if (cursor.scopes[id] === undefined) continue
      const held = (await readRows(tx, await readHeld(tx, id), entities)).filter(({ row }) => row !== null)
      const sha256 = createHash('sha256').update(verifiedText(held)).digest('hex')
      scopes.push({ scope: id, version, rows: held.length, sha256 })
    }
    return { scopes, serverTime: new Date().toISOString() }
  })
}
