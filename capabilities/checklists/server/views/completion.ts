import type { ReadTx } from '@opsflow/platform/server/tenant'
import { noOutcomes, type OutcomeCounts, outcomesAdded } from '../../outcome.ts'
import type { ItemFailures } from '../../view-routes.ts'
import { type Node, placesBelow } from './places-below.ts'
import type { NamedPlace } from './store-places.ts'
import { begunOf, failedItems, itemLabels, outcomeSums, type Sum, type SumBy, templateNames } from './store-views.ts'

export type Asked = Node & { from: string; to: string; templateId?: string | undefined }
export type CompletionRow = { key: string; name: string; counts: OutcomeCounts }

/** How checklists came out there. Locations in which nothing was to be done are not told. */
export async function completion(tx: ReadTx, { by, ...asked }: Asked & { by: SumBy }) {
  const places = await placesBelow(tx, asked)
  const { sql, params = [] } = outcomeSums(tx.actor, spanOf(asked, places), by, asked.templateId)
  const sums = await tx.query<Sum>(sql, params)
  const counts = new Map<string, OutcomeCounts>()
  for (const { key, outcome, count } of sums)
    counts.set(key, { ...(counts.get(key) ?? noOutcomes()), [outcome]: count })
  const names = await namesFor(tx, by, [...counts.keys()], places)
  const items = [...counts].map(([key, counted]) => ({ key, name: names.get(key) ?? key, counts: counted }))
  return { total: outcomesAdded([...counts.values()]), items: items.sort(byName) }
}

const byName = (one: CompletionRow, other: CompletionRow) =>
  one.name.localeCompare(other.name) || one.key.localeCompare(other.key)

async function namesFor(tx: ReadTx, by: SumBy, keys: readonly string[], places: readonly NamedPlace[]) {
  if (by !== 'location' && by !== 'checklist') return new Map<string, string>()
  const named = by === 'location' ? places : await templateNames(tx, keys)
  return new Map(named.map(({ id, name }) => [id, name]))
}

const MOST_ITEMS = 100

/** Which items fail most: in how many checklists at least once, of those that were begun. */
export async function failures(tx: ReadTx, asked: Asked): Promise<ItemFailures[]> {
  const span = spanOf(asked, await placesBelow(tx, asked))
  const failed = await failedItems(tx, span, asked.templateId, MOST_ITEMS)
  const templateIds = [...new Set(failed.map(({ templateId }) => templateId))]
  const begun = new Map((await begunOf(tx, span, templateIds)).map(({ templateId, count }) => [templateId, count]))
  const names = new Map((await templateNames(tx, templateIds)).map(({ id, name }) => [id, name]))
  const itemIds = failed.map(({ itemId }) => itemId)
  const labels = new Map(
    (await itemLabels(tx, templateIds, itemIds)).map(({ templateId, itemId, label }) => [
      `${templateId} ${itemId}`,
      label,
    ]),
  )
  return failed.map((one) => ({
    ...one,
    item: labels.get(`${one.templateId} ${one.itemId}`) ?? '',
    checklist: names.get(one.templateId) ?? '',
    of: Math.max(begun.get(one.templateId) ?? 0, one.failed),
  }))
}

export const spanOf = ({ from, to }: { from: string; to: string }, places: readonly NamedPlace[]) => ({
  from,
  to,
  locationIds: places.map(({ id }) => id),
})
