import { makeTemplate } from '@opsflow/capabilities/checklists/server'
import { can, systemActor } from '@opsflow/platform/actor'
import { notFound, Refusal, refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { ReadTx, Tx } from '@opsflow/platform/server/tenant'
import type { AuditImport, Encoding, ImportPlace } from '../audit-import.ts'
import type { InspectionMapping } from '../inspection-columns.ts'
import type { PeerTemplate } from '../safetyculture-template.ts'
import { endImport, type KeptImport, lockImport, readAnew, readImport, startImport } from './store-imports.ts'
import {
  insertTemplate,
  knownLocations,
  madeTemplates,
  placedPlaces,
  readPlaces,
  rememberPlaces,
  storePlaces,
} from './store-rows.ts'

/** The member behind an actor, for columns that name a person. */
export const memberOf = ({ actor }: Pick<Tx, 'actor'>) => (actor.kind === 'member' ? actor.id : null)

async function take(tx: Tx, id: string): Promise<KeptImport> {
  return (await lockImport(tx, id)) ?? notFound()
}

export const shown = async (tx: ReadTx, id: string): Promise<AuditImport> => (await readImport(tx, id)) ?? notFound()

const notPreviewed = () =>
  refuse('conflict', 'imports.not_previewed', { detail: 'The file is being read, is being imported, or is gone.' })

/** Reads a file otherwise: from the start, as if nobody had looked yet. */
export async function readOtherwise(tx: Tx, id: string, encoding: Encoding, mapping: InspectionMapping | null) {
  const one = await take(tx, id)
  if (one.state !== 'previewed') return notPreviewed()
  const columns = one.look?.columns.length ?? 0
  const used = mapping ? [...Object.values(mapping.columns), ...mapping.address].filter((at) => at !== null) : []
  const beyond = used.find((at) => at >= columns)
  if (beyond !== undefined) {
    const message = `The file has no column ${beyond}; they are counted from 0.`
    refuse('invalid', 'imports.column_missing', {
      detail: message,
      errors: [{ path: 'body.mapping', code: 'imports.column_missing', message }],
    })
  }
  await readAnew(tx, id, encoding, one.kind === 'inspections' ? mapping : null)
  return shown(tx, id)
}

/** Says which of ours a place is. Only of locations the caller may import for. */
export async function sayPlaces(
  tx: Tx,
  id: string,
  items: readonly { placeId: string; locationId: string | null }[],
): Promise<ImportPlace[]> {
  const one = await take(tx, id)
  if (one.state !== 'previewed') return notPreviewed()
  const locations = [...new Set(items.flatMap(({ locationId }) => locationId ?? []))]
  const known = await knownLocations(tx, locations)
  if (locations.some((location) => !known.has(location) || !can(tx.actor, 'imports.run', location))) return notFound()
  const ids = items.map(({ placeId }) => placeId)
  const before = await readPlaces(tx, id, ids)
  if (before.length < new Set(ids).size) return notFound()
  await storePlaces(
    tx,
    id,
    ids,
    items.map(({ locationId }) => locationId),
  )
  const { tenantId, organizationId } = tx.actor
  const by = memberOf(tx)
  await tx.as(systemActor(tenantId, organizationId, 'audit-import'), (system) => rememberPlaces(system, id, ids, by))
  return readPlaces(tx, id, ids)
}

/** Sets an import going. Saying it again changes nothing. */
export async function beginImport(tx: Tx, id: string, templates: readonly PeerTemplate[]): Promise<AuditImport> {
  const one = await take(tx, id)
  if (one.state === 'running' || one.state === 'done') return shown(tx, id)
  if (one.state !== 'previewed' || !one.look) return notPreviewed()
  if (one.look.missing.length > 0) {
    const message = 'Say which columns hold the date and the place.'
    refuse('invalid', 'imports.columns_missing', {
      detail: message,
      errors: [{ path: 'body', code: 'imports.columns_missing', message }],
    })
  }
  const placed = await keepPlacesOf(tx, id)
  const made = await makeTemplates(tx, id, templates)
  if (placed === 0 && made === 0) {
    const message = 'No place of the file is one of yours yet, and there is no template to make.'
    refuse('invalid', 'imports.nothing_to_do', {
      detail: message,
      errors: [{ path: 'body', code: 'imports.nothing_to_do', message }],
    })
  }
  await startImport(tx, id)
  await recordEvent(tx, { name: 'imports.begun', subjectId: id, after: { fileName: one.fileName, sha256: one.sha256 } })
  return shown(tx, id)
}

/** What others said of places where the caller may not import stays out of this import. Answers how many are left. */
async function keepPlacesOf(tx: Tx, id: string): Promise<number> {
  const placed = await placedPlaces(tx, id)
  const foreign = placed.filter(({ locationId }) => !can(tx.actor, 'imports.run', locationId))
  if (foreign.length > 0) {
    const ids = foreign.map((place) => place.id)
    await storePlaces(tx, id, ids, new Array(ids.length).fill(null))
  }
  return placed.length - foreign.length
}

/** Drafts of a peer's templates. One that is here already is left as it is. */
async function makeTemplates(tx: Tx, importId: string, templates: readonly PeerTemplate[]): Promise<number> {
  const known = await madeTemplates(
    tx,
    'safetyculture',
    templates.map(({ sourceId }) => sourceId),
  )
  let made = 0
  for (const { sourceId, name, draft, leftOut } of templates) {
    if (!draft || known.has(sourceId)) continue
    const { id: templateId } = await underFreeName(name, (free) =>
      tx.savepoint(() => makeTemplate(tx, { name: free, category: 'audit', draft })),
    )
    await insertTemplate(tx, { source: 'safetyculture', sourceId, templateId, importId, leftOut })
    made += 1
  }
  return made
}

const MOST_NAMES = 20

/** Its own name, else with a number behind it. */
async function underFreeName<T>(name: string, make: (name: string) => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await make(n === 1 ? name : `${name} (${n})`)
    } catch (error) {
      const isTaken = error instanceof Refusal && error.code === 'checklists.template_name_taken'
      if (!isTaken || n >= MOST_NAMES) throw error
    }
  }
}

/** Stops it, or lets go of a file. What was imported stays. */
export async function cancelImport(tx: Tx, id: string): Promise<AuditImport> {
  const one = await take(tx, id)
  if (one.state === 'cancelled') return shown(tx, id)
  if (one.state === 'done' || one.state === 'failed')
    return refuse('conflict', 'imports.ended', { detail: 'This import has ended already.' })
  await endImport(tx, id, 'cancelled')
  await recordEvent(tx, { name: 'imports.cancelled', subjectId: id, after: { fileName: one.fileName } })
  return shown(tx, id)
}
