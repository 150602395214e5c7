import {
  DraftContent,
  type Item,
  type ItemKind,
  MOST_ITEMS,
  newItem,
  type Section,
  type ShowIf,
} from '@opsflow/capabilities/checklists'
import {
  choicesOf,
  failedIds,
  inOrder,
  type LeftOut,
  type LeftOutCode,
  type PeerExport,
  type PeerItem,
  type Visit,
  weightOf,
} from './safetyculture.ts'
import { showIfOf } from './safetyculture-logic.ts'

/** Null: it cannot be one of our templates at all; the reason stands first in `leftOut`. */
export type PeerTemplate = {
  sourceId: string
  name: string
  draft: DraftContent | null
  sections: number
  items: number
  leftOut: LeftOut[]
}

const [MOST_SECTIONS, MOST_IN_SECTION, LONGEST_LABEL, LONGEST_HELP, MOST_OPTIONS] = [60, 200, 300, 4000, 50]

/** A draft of ours from a peer's template: what it asks, its choices, points, weights and logic. */
export function peerTemplate(exported: PeerExport, mint: () => string): PeerTemplate {
  const { visits, leftOut } = inOrder(exported)
  const made = new Draft(exported, leftOut, mint)
  for (const visit of visits) made.take(visit)
  const { sections, items } = made
  const told = {
    sourceId: exported.template_id,
    name: (exported.template_data.metadata?.name ?? '').trim().slice(0, 180) || 'SafetyCulture',
    sections: sections.length,
    items,
  }
  const tooLarge = sections.length > MOST_SECTIONS || items > MOST_ITEMS
  if (tooLarge) {
    const detail = `${items} items in ${sections.length} sections; at most ${MOST_ITEMS} in ${MOST_SECTIONS}`
    return { ...told, draft: null, leftOut: [whole(told.name, 'too_large', detail), ...leftOut] }
  }
  const isScored = sections.some((section) => section.items.some(hasPoints))
  const scoring = isScored ? { scheme: 'weighted', auditType: 'internal', passPercent: null } : null
  const read = DraftContent.safeParse({ sections, scoring })
  if (read.success) return { ...told, draft: read.data, leftOut }
  const issue = read.error.issues[0]
  const detail = `${issue?.path.join('.')}: ${issue?.message}`
  return { ...told, draft: null, leftOut: [whole(told.name, 'too_large', detail), ...leftOut] }
}

const whole = (label: string, code: LeftOutCode, detail: string): LeftOut => ({ itemId: '', label, code, detail })

const hasPoints = (item: Item) => item.kind === 'choice' && item.options.some(({ points }) => points !== null)

const SECTIONS = new Set(['section', 'category'])
const REPEATS = new Set(['dynamicfield'])
const ENTRIES = new Set(['primeelement', 'element'])

class Draft {
  readonly sections: Section[] = []
  items = 0
  #current = ''
  readonly #exported: PeerExport
  readonly #leftOut: LeftOut[]
  readonly #mint: () => string
  /** A peer's item → ours, and a peer's choice of it → ours. */
  readonly #ids = new Map<string, string>()
  readonly #options = new Map<string, Map<string, string>>()
  readonly #skipped = new Set<string>()
  readonly #primes: ReadonlySet<string>

  constructor(exported: PeerExport, leftOut: LeftOut[], mint: () => string) {
    this.#exported = exported
    const prime = [...exported.header_items, ...exported.items].filter(({ type }) => type === 'primeelement')
    this.#primes = new Set(prime.map(({ item_id }) => item_id))
    this.#leftOut = leftOut
    this.#mint = mint
  }

  take({ item, above }: Visit) {
    if (above.some(({ item_id }) => this.#skipped.has(item_id))) return
    if (REPEATS.has(item.type) && above.some(({ type }) => REPEATS.has(type)))
      this.#name(item, 'repeat_in_repeat', 'Asked once in each entry of the outer one.')
    if (ENTRIES.has(item.type) && this.#isLaterEntry(item, above)) return void this.#skipped.add(item.item_id)
    if (item.type === 'smartfield') return this.#logic(item, above)
    if (SECTIONS.has(item.type) || REPEATS.has(item.type) || ENTRIES.has(item.type)) return
    const made = this.#leaf(item)
    if (!made) return
    const showIf = this.#showIf(above)
    this.#ids.set(item.item_id, made.id)
    this.#sectionOf(above).items.push(showIf ? { ...made, showIf } : made)
    this.items += 1
  }

  #name(item: PeerItem, code: LeftOutCode, detail = '') {
    this.#leftOut.push({ itemId: item.item_id, label: item.label.slice(0, 300), code, detail })
  }

  /** A repeat is asked as its first entry is; the others are answers. */
  #isLaterEntry(item: PeerItem, above: readonly PeerItem[]): boolean {
    const children = above.at(-1)?.children ?? []
    return item.item_id !== (children.find((id) => this.#primes.has(id)) ?? children[0])
  }

  #logic(field: PeerItem, above: readonly PeerItem[]) {
    if (!this.#conditionOf(field, above)) {
      const asked = above.at(-1)?.label ?? ''
      this.#name({ ...field, label: asked }, 'logic', 'What follows from it is always shown.')
    }
  }

  #conditionOf(field: PeerItem, above: readonly PeerItem[]): ShowIf | null {
    const asked = above[above.findIndex(({ item_id }) => item_id === field.item_id) - 1] ?? above.at(-1)
    const itemId = asked && this.#ids.get(asked.item_id)
    if (!asked || !itemId) return null
    const options = this.#options.get(asked.item_id)
    return showIfOf(field, itemId, options ? (id) => options.get(id) : null)
  }

  /** Of the innermost smart field: what an outer one hides is not answered, so nothing follows from it either. */
  #showIf(above: readonly PeerItem[]): ShowIf | null {
    const field = above.findLast(({ type }) => type === 'smartfield')
    return field ? this.#conditionOf(field, above) : null
  }

  #sectionOf(above: readonly PeerItem[]): Section {
    const titled = above.filter(({ type }) => SECTIONS.has(type))
    const repeat = above.find(({ type }) => REPEATS.has(type))
    const key = [...titled, ...(repeat ? [repeat] : [])].map(({ item_id }) => item_id).join(' ')
    const last = this.sections.at(-1)
    if (last && key === this.#current && last.items.length < MOST_IN_SECTION) return last
    this.#current = key
    const titles = [...titled, ...(repeat ? [repeat] : [])]
      .map(({ label }) => label.trim())
      .filter((text) => text !== '')
    const noun = `${repeat?.options?.element ?? repeat?.label ?? ''}`.trim().slice(0, 60) || 'Entry'
    const section: Section = {
      ...{ id: this.#mint(), title: titles.join(' · ').slice(0, 200), showIf: null, items: [] },
      repeat: repeat ? { per: 'entry', noun, atLeast: 0, atMost: 50 } : null,
    }
    this.sections.push(section)
    return section
  }

  #leaf(item: PeerItem): Item | null {
    const kind = this.#kindOf(item)
    if (!kind) {
      this.#name(item, 'kind_unknown', item.type)
      return null
    }
    const words = item.label.trim()
    const label = words.slice(0, LONGEST_LABEL).trim() || `(${item.type})`
    const made = newItem(kind, label, this.#mint)
    const weight = weightOf(item)
    Object.assign(made, {
      onFail: null,
      isCritical: false,
      weight,
      required: kind !== 'instruction' && isMandatory(item),
    })
    if (words.length > LONGEST_LABEL) {
      made.help = words.slice(0, LONGEST_HELP)
      const rest = words.length > LONGEST_HELP ? `, and ends after ${LONGEST_HELP} characters` : ''
      this.#name(item, 'text_cut', `The whole text stands in the help${rest}.`)
    }
    if ((item.media?.length ?? 0) > 0 || item.options?.media) this.#name(item, 'picture')
    if (made.kind === 'choice') return this.#withChoices(item, made)
    if (made.kind === 'text') made.long = item.type !== 'textsingle'
    if (made.kind === 'yes_no') made.failsOn = 'neither'
    if (made.kind === 'moment') made.asks = asksOf(item)
    return made
  }

  #kindOf(item: PeerItem): ItemKind | null {
    if (item.type === 'question' || item.type === 'list') {
      if ((choicesOf(item, this.#exported)?.length ?? 0) > 0) return 'choice'
      this.#name(item, 'choices_missing', 'Asked as a text.')
      return 'text'
    }
    const changed = CHANGED[item.type]
    if (changed) this.#name(item, 'kind_changed', `${item.type}: asked as ${changed}.`)
    return changed ?? SAME[item.type] ?? null
  }

  #withChoices(item: PeerItem, made: Item & { kind: 'choice' }): Item {
    const choices = choicesOf(item, this.#exported) ?? []
    if (choices.length > MOST_OPTIONS)
      this.#name(item, 'choices_cut', `${choices.length} choices; the first ${MOST_OPTIONS} are kept.`)
    const failing = failedIds(item)
    const ids = new Map<string, string>()
    made.several = item.options?.multiple_selection === true
    made.options = choices.slice(0, MOST_OPTIONS).map((choice) => {
      const id = this.#mint()
      ids.set(choice.id, id)
      const points = choice.enable_score && typeof choice.score === 'number' ? choice.score : null
      const fits = points === null || Math.abs(points) <= 1000
      if (!fits) this.#name(item, 'points_out_of_range', `${choice.label}: ${points}`)
      return {
        ...{ id, label: choice.label.trim().slice(0, 200) || '–', points: fits ? points : null },
        fails: failing.has(choice.id) || choice.failed === true,
      }
    })
    this.#options.set(item.item_id, ids)
    return made
  }
}

/** Asked as they were there, and asked as the nearest of ours. */
const SAME: Record<string, ItemKind> = {
  ...{ text: 'text', textsingle: 'text', datetime: 'moment', media: 'photo', signature: 'signature' },
  ...{ information: 'instruction', checkbox: 'yes_no', switch: 'yes_no', scanner: 'scan', barcode: 'scan' },
}
const CHANGED: Record<string, ItemKind> = {
  ...{ address: 'text', weather: 'text', slider: 'number', drawing: 'photo', temperature: 'text' },
}

const isMandatory = ({ options }: PeerItem) => options?.is_mandatory === true

function asksOf({ options }: PeerItem): 'date' | 'time' | 'date_time' {
  if (options?.enable_time === false) return 'date'
  return options?.enable_date === false ? 'time' : 'date_time'
}
