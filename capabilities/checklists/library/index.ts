import { withFreshIds } from '../fresh-ids.ts'
import { type Category, TemplateContent } from '../template.ts'
import { audits } from './audits.ts'
import { cleaning } from './cleaning.ts'
import { closings } from './closing.ts'
import { food } from './food.ts'
import { managersWalks } from './managers-walk.ts'
import { openings } from './opening.ts'
import { temperatures } from './temperatures.ts'
import { walks } from './walks.ts'
import { type Language, type LibraryTemplate, type Service, Words } from './words.ts'

export type { Language, Service } from './words.ts'

/** Our own templates, written by us: a place to begin, to be changed to how a kitchen works. */
export const library: readonly LibraryTemplate[] = [
  ...openings,
  ...closings,
  ...temperatures,
  ...food,
  ...cleaning,
  ...managersWalks,
  ...audits,
  ...walks,
]

/** As it is to be shown and taken: its text in a language. Its ids are the library's own. */
export type LibraryText = {
  key: string
  category: Category
  services: readonly Service[]
  name: string
  about: string
  content: TemplateContent
}

export function libraryText({ key, category, services, write }: LibraryTemplate, language: Language): LibraryText {
  const { name, about, content } = write(new Words(language))
  return { key, category, services, name, about, content: TemplateContent.parse(content) }
}

/** A template of one's own made from one of ours; undefined where there is none of that key. */
export function fromLibrary(key: string, language: Language, mint: () => string) {
  const template = library.find((one) => one.key === key)
  if (!template) return undefined
  const { name, category, content } = libraryText(template, language)
  return { name, category, draft: withFreshIds(content, mint), libraryKey: key }
}
