import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../..')
const isMade = (folder: string) => /(^|\/)(node_modules|out|\.next[^/]*)$/.test(folder)
const filesLike = (pattern: string) => globSync(pattern, { cwd: root, exclude: isMade }).sort()

/** Every file of English words in the house: a face that is added is held as it is made. */
const words = filesLike('{platform,capabilities,apps}/**/messages/{en,*.en}.json')
const uses = filesLike('{platform,capabilities,apps}/**/*.{ts,tsx}').flatMap(usesIn)

const wordsIn = (locale: string) => together(words.map((file) => readJson(file.replace(/en\.json$/, `${locale}.json`))))
/** Several files may speak under one name; two that say the same thing would hide one another. */
function together(parts: readonly object[]): object {
  const all: Record<string, Record<string, unknown>> = {}
  for (const part of parts as readonly Record<string, Record<string, unknown>>[])
    for (const [name, words] of Object.entries(part)) {
      const twice = Object.keys(words).filter((word) => all[name] && word in all[name])
      if (twice.length > 0) throw new Error(`${name}: ${twice.join(', ')} is said twice.`)
      all[name] = { ...all[name], ...words }
    }
  return all
}

const english = flat(wordsIn('en'))
const spanish = flat(wordsIn('es'))

test('every sentence there is in English there is in Spanish, and the reverse', () => {
  expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort())
})

test('both languages name the same values and tags', () => {
  for (const [key, text] of english) expect(placeholders(spanish.get(key) ?? ''), key).toEqual(placeholders(text))
})

/** Words that are the same in both languages. A new one is added here by someone who speaks both. */
const alike = new Set(['Sensor', 'Roles', 'No', 'PIN', 'PDF', 'CSV', 'UTF-8', 'UTF-16'])
const letters = (text: string) =>
  text.replaceAll(/\{\w+\}|<\/?\w+>|\b(h|min|MB)\b|OpsFlow|SafetyCulture/g, '').replaceAll(/\P{L}/gu, '')

test('nothing in Spanish is still English', () => {
  const untranslated = [...english].filter(
    ([key, text]) => spanish.get(key) === text && letters(text) !== '' && !alike.has(text),
  )
  expect(untranslated).toEqual([])
  const inEnglish = [...spanish].filter(([, text]) =>
    /\b(the|and|of|with|your|are|this|from|for|it|its)\b/i.test(text.replaceAll(/[{<]\/?\w+/g, '')),
  )
  expect(inEnglish).toEqual([])
})

test('every capability with screens was read, each language from the same files', () => {
  const faces = filesLike('capabilities/*/web')
  expect(faces.length).toBeGreaterThan(10)
  expect(faces.filter((face) => !words.some((file) => file.startsWith(`${face}/`)))).toEqual([])
  const inSpanish = filesLike('{platform,capabilities,apps}/**/messages/{es,*.es}.json')
  expect(inSpanish).toEqual(words.map((file) => file.replace(/en\.json$/, 'es.json')))
  expect(uses.length).toBeGreaterThan(2000)
})

describe.each([...new Set(uses.map(({ file }) => path.dirname(file)))])('%s', (folder) => {
  test('says nothing that has no words', () => {
    const missing = uses
      .filter(({ file }) => path.dirname(file) === folder)
      .filter(({ pattern }) => ![...english.keys()].some((key) => pattern.test(key)))
      .map(({ file, key }) => `${file}: ${key}`)
    expect(missing).toEqual([])
  })
})

function usesIn(file: string) {
  const text = readFileSync(path.join(root, file), 'utf8')
  const spoken = [...text.matchAll(/(\w+) = useTranslations\('([\w.]+)'/g)]
  return spoken.flatMap(({ 1: name, 2: namespace, index }) => {
    const end = spoken.find((other) => other[1] === name && other.index > index)?.index
    const calls = new RegExp(`\\b${name}(?:\\.rich)?\\(((?:\`[^\`]*\`|[^)\`])*?)(?:\\)|, \\{)`, 'gs')
    return [...text.slice(index, end).matchAll(calls)]
      .flatMap(([, argument = '']) => [...argument.matchAll(/'([\w.]+)'|`([^`]+)`/g)])
      .map(([, literal, template]) => {
        const key = `${namespace}.${literal ?? template}`
        return { file, key, pattern: patternOf(key) }
      })
  })
}

/** A key with a value in it has words if it has them for some value; TypeScript knows the values. */
function patternOf(key: string) {
  return new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*(\}|$)/g, '[^.]+')}$`)
}

function flat(words: object, prefix = ''): Map<string, string> {
  const entries = Object.entries(words).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + name, value]] : [...flat(value as object, `${prefix}${name}.`)],
  )
  return new Map(entries)
}

/** What stands in a branch of a plural is words, also where it is one word. */
function placeholders(text: string) {
  const values = text.replaceAll(/(=\d+|\b(one|many|other)) \{\w+\}/g, '')
  return [...new Set([...values.matchAll(/\{(\w+)[,}]|<(\w+)>/g)].map(([, value, tag]) => value ?? tag))].sort()
}

function readJson(file: string): object {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as object
}
