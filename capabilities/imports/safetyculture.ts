import { z } from 'zod'

/**
 * A peer's export: one JSON for a template, with the answers where it is an inspection. Only what is read is named; whatever
 * else it holds passes by. Items lie flat and name their parents and children.
 */
const Label = z.string().catch('')
const Response = z.looseObject({
  id: z.string(),
  label: Label,
  score: z.number().nullish().catch(null),
  enable_score: z.boolean().optional().catch(false),
  failed: z.boolean().optional().catch(false),
})
export type PeerResponse = z.output<typeof Response>

const Given = z.looseObject({
  text: z.string().nullish().catch(null),
  value: z.union([z.string(), z.number(), z.boolean()]).nullish().catch(null),
  datetime: z.string().nullish().catch(null),
  name: z.string().nullish().catch(null),
  location_text: z.string().nullish().catch(null),
  selected: z.array(Response).nullish().catch(null),
  failed: z.boolean().nullish().catch(null),
  media: z.array(z.unknown()).nullish().catch(null),
  image: z.unknown().optional(),
})

export const PeerItem = z.looseObject({
  item_id: z.string().min(1).max(300),
  parent_id: z.string().nullish().catch(null),
  label: Label,
  type: z.string().max(60),
  inactive: z.boolean().optional().catch(false),
  evaluation: z.boolean().nullish().catch(null),
  children: z.array(z.string()).optional().catch([]),
  options: z.record(z.string(), z.unknown()).optional().catch({}),
  responses: Given.nullish().catch(null),
  media: z.array(z.unknown()).nullish().catch(null),
})
export type PeerItem = z.output<typeof PeerItem>

const When = z.string().nullish().catch(null)
const Who = z.looseObject({ author: Label.optional(), owner: Label.optional() })

export const PeerExport = z.looseObject({
  template_id: z.string().min(1).max(300),
  audit_id: z.string().max(300).nullish(),
  created_at: When,
  audit_data: z
    .looseObject({
      score: z.number().nullish().catch(null),
      total_score: z.number().nullish().catch(null),
      score_percentage: z.number().nullish().catch(null),
      name: Label.optional(),
      authorship: Who.optional().catch({}),
      date_completed: When,
      date_started: When,
      site: z.looseObject({ id: z.string().optional(), name: Label.optional() }).nullish().catch(null),
    })
    .nullish(),
  template_data: z.looseObject({
    metadata: z.looseObject({ name: Label.optional() }).optional().catch({}),
    response_sets: z.record(z.string(), z.looseObject({ responses: z.array(Response).catch([]) })).catch({}),
  }),
  header_items: z.array(PeerItem).max(20_000).default([]),
  items: z.array(PeerItem).max(20_000),
})
export type PeerExport = z.output<typeof PeerExport>

/** What of a template or an audit is not as it was there, each by its item. Nothing is dropped without being named here. */
export type LeftOut = { itemId: string; label: string; code: LeftOutCode; detail: string }
export type LeftOutCode =
  | 'kind_unknown'
  | 'kind_changed'
  | 'logic'
  | 'repeat_in_repeat'
  | 'circle'
  | 'child_missing'
  | 'unreachable'
  | 'id_twice'
  | 'text_cut'
  | 'picture'
  | 'choices_missing'
  | 'choices_cut'
  | 'points_out_of_range'
  | 'photos'
  | 'not_completed'
  | 'too_large'

/** Deeper than this nothing is read: nobody nests questions so. */
const DEEPEST = 60

/** An item on the way through an export: how deep it lies, and what it lies in. */
export type Visit = { item: PeerItem; above: readonly PeerItem[] }

/** Items in the order they are asked, each once: a circle, a missing child and what hangs nowhere are named. */
export function inOrder(exported: PeerExport): { visits: Visit[]; leftOut: LeftOut[] } {
  const all = [...exported.header_items, ...exported.items]
  const byId = new Map<string, PeerItem>()
  const leftOut: LeftOut[] = []
  const named = (item: PeerItem, code: LeftOutCode, detail = '') =>
    void leftOut.push({ itemId: item.item_id, label: item.label, code, detail })
  for (const item of all) {
    if (byId.has(item.item_id)) named(item, 'id_twice')
    else byId.set(item.item_id, item)
  }
  const visits: Visit[] = []
  const seen = new Set<string>()
  const visit = (item: PeerItem, above: readonly PeerItem[]) => {
    if (seen.has(item.item_id)) return named(item, 'circle')
    if (above.length >= DEEPEST) return named(item, 'too_large', `more than ${DEEPEST} deep`)
    seen.add(item.item_id)
    visits.push({ item, above })
    for (const id of item.children ?? []) {
      const child = byId.get(id)
      if (child) visit(child, [...above, item])
      else named(item, 'child_missing', id.slice(0, 100))
    }
  }
  for (const item of byId.values()) if (!item.parent_id || !byId.has(item.parent_id)) visit(item, [])
  for (const item of byId.values()) if (!seen.has(item.item_id)) named(item, 'unreachable')
  return { visits, leftOut }
}

/** The choices of a question: its set, or those it brings itself. Null: it names a set that is not there. */
export function choicesOf({ options }: PeerItem, { template_data }: PeerExport): readonly PeerResponse[] | null {
  const set = options?.response_set
  if (typeof set === 'string' && Object.hasOwn(template_data.response_sets, set))
    return template_data.response_sets[set]?.responses ?? null
  const own = z.array(Response).safeParse(options?.values)
  return own.success && own.data.length > 0 ? own.data : null
}

export const failedIds = ({ options }: PeerItem): ReadonlySet<string> =>
  new Set(
    Array.isArray(options?.failed_responses) ? options.failed_responses.filter((id) => typeof id === 'string') : [],
  )

/** How much a question counts. Unsaid: once. */
export function weightOf({ options }: PeerItem): number {
  const weight = options?.weighting
  return typeof weight === 'number' && Number.isInteger(weight) && weight >= 0 && weight <= 1000 ? weight : 1
}
