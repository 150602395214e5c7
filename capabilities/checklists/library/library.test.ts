import { publishedLimit } from '@opsflow/capabilities/temperature'
import { describe, expect, test } from 'vitest'
import { Category, TemplateContent } from '../template.ts'
import { problemsOf } from '../template-problems.ts'
import { NewTemplate } from '../template-records.ts'
import { fromLibrary, library, libraryText } from './index.ts'

const idsIn = (text: unknown) => JSON.stringify(text).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g)

describe.each(library.map((template) => [template.key, template] as const))('%s', (key, template) => {
  const [english, spanish] = [libraryText(template, 'en'), libraryText(template, 'es')]

  test('holds together and could be published as it is', () => {
    for (const { content } of [english, spanish]) expect(problemsOf(content)).toEqual([])
  })

  test('says everything in both languages, with the same ids', () => {
    expect(idsIn(spanish)).toEqual(idsIn(english))
    const labels = ({ content, name, about }: typeof english) => [
      name,
      about,
      ...content.sections.flatMap(({ title, items }) => [title, ...items.map(({ label }) => label)]),
    ]
    for (const [n, label] of labels(english).entries()) expect(labels(spanish)[n]).not.toBe(label)
  })

  test('judges food only by limits that are published', () => {
    for (const item of english.content.sections.flatMap(({ items }) => items)) {
      if (item.kind !== 'temperature' || item.subject.kind !== 'food') continue
      const { limitId, min, max } = item.subject
      if (limitId === null) expect(min ?? max, item.label).not.toBeNull()
      else expect(publishedLimit(limitId), limitId).toBeDefined()
    }
  })

  test('becomes a template of one’s own with ids of its own', () => {
    const made = NewTemplate.parse(fromLibrary(key, 'en', () => crypto.randomUUID()))
    expect(made).toMatchObject({ name: english.name, category: english.category, libraryKey: key })
    expect(TemplateContent.safeParse(made.draft).success).toBe(true)
    expect(idsIn(made.draft)?.some((id) => id.startsWith('00000000'))).toBe(false)
  })
})

test('each kind of restaurant has one of every kind of checklist', () => {
  for (const service of ['quick_service', 'full_service', 'cafe'] as const) {
    const categories = library.filter(({ services }) => services.includes(service)).map(({ category }) => category)
    expect([...new Set([...categories, 'other'])].sort()).toEqual([...Category.options].sort())
  }
  expect(new Set(library.map(({ key }) => key)).size).toBe(library.length)
  expect(fromLibrary('nothing', 'en', () => '')).toBeUndefined()
})
