import type { z } from 'zod'
import type { ItemKind } from '../item.ts'
import type { Category, TemplateContent } from '../template.ts'

export type Language = 'en' | 'es'
export type Service = 'quick_service' | 'full_service' | 'cafe'
export const SERVICES: readonly Service[] = ['quick_service', 'full_service', 'cafe']

type Draft = z.input<typeof TemplateContent>
type ItemIn = Draft['sections'][number]['items'][number]
type SectionIn = Draft['sections'][number]
type More<K extends ItemKind> = Partial<Omit<Extract<ItemIn, { kind: K }>, 'kind' | 'id' | 'label'>>

/** One of our own templates: what it is for, and its text in either language. */
export type LibraryTemplate = {
  key: string
  category: Category
  services: readonly Service[]
  write: (words: Words) => { name: string; about: string; content: Draft }
}

/** The text as it is written in a language, with ids counted up: the same ones in both. */
export class Words {
  readonly #language: Language
  #ids = 0

  constructor(language: Language) {
    this.#language = language
  }

  w = (english: string, spanish: string): string => (this.#language === 'es' ? spanish : english)

  #id = () => `00000000-0000-4000-8000-${String(++this.#ids).padStart(12, '0')}`

  section = (title: string, items: ItemIn[], more: Partial<Omit<SectionIn, 'id' | 'title' | 'items'>> = {}) => ({
    id: this.#id(),
    title,
    items,
    ...more,
  })

  check = (label: string, more: More<'pass_fail'> = {}) => this.#item('pass_fail', label, { onFail: {}, ...more })
  yesNo = (label: string, more: More<'yes_no'> = {}) => this.#item('yes_no', label, { onFail: {}, ...more })
  number = (label: string, more: More<'number'> = {}) => this.#item('number', label, more)
  photo = (label: string, more: More<'photo'> = {}) => this.#item('photo', label, more)
  text = (label: string, more: More<'text'> = {}) => this.#item('text', label, more)
  moment = (label: string, more: More<'moment'> = {}) => this.#item('moment', label, more)
  read = (label: string, more: More<'instruction'> = {}) => this.#item('instruction', label, more)
  timer = (label: string, seconds: number, more: More<'timer'> = {}) => this.#item('timer', label, { ...more, seconds })

  choice = (
    label: string,
    options: readonly [label: string, fails?: boolean, points?: number | null][],
    more: More<'choice'> = {},
  ) =>
    this.#item('choice', label, {
      options: options.map(([label, fails = false, points = null]) => ({ id: this.#id(), label, fails, points })),
      ...more,
    })

  /** Of a unit, judged by its own limits. */
  unitTemperature = (label: string, more: More<'temperature'> = {}) =>
    this.#item('temperature', label, { subject: { kind: 'unit' }, onFail: {}, ...more })

  /** Of food, judged by a published limit. */
  foodTemperature = (label: string, limitId: string, more: More<'temperature'> = {}) =>
    this.#item('temperature', label, { subject: { kind: 'food', limitId }, isCritical: true, onFail: {}, ...more })

  /** Of food or water, held to a range of our own where no published limit has a number for it. In °F. */
  temperatureWithin = (label: string, bounds: { min?: number; max?: number }, more: More<'temperature'> = {}) =>
    this.#item('temperature', label, {
      subject: { kind: 'food', limitId: null, unit: 'F', ...bounds },
      isCritical: true,
      onFail: {},
      ...more,
    })

  #item = <K extends ItemKind>(kind: K, label: string, more: object) =>
    ({ kind, id: this.#id(), label, ...more }) as Extract<ItemIn, { kind: K }>
}

export const shownIf = (item: { id: string }, is: 'failing' | 'passing' | 'answered' | 'equal', value = '') => ({
  of: [{ itemId: item.id, is, value }],
})

export const eachUnit = (...unitKinds: Extract<NonNullable<SectionIn['repeat']>, { per: 'unit' }>['unitKinds']) => ({
  repeat: { per: 'unit' as const, unitKinds },
})
export const each = (noun: string, atLeast = 0) => ({ repeat: { per: 'entry' as const, noun, atLeast } })
