import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../..')
const facesWithWords = [
  'platform/web',
  'platform/web/photos',
  'capabilities/alerts/web',
  'capabilities/audits/web',
  'capabilities/checklists/web/audits',
  'capabilities/checklists/web/doing',
  'capabilities/checklists/web/templates',
  'capabilities/checklists/web/views',
  'capabilities/evidence/web',
  'capabilities/findings/web',
  'capabilities/haccp/web',
  'capabilities/kiosks/web',
  'capabilities/ledger/web',
  'capabilities/locations/web',
  'capabilities/people/web',
  'capabilities/processes/web',
  'capabilities/reports/web',
  'capabilities/tasks/web',
  'capabilities/temperature/web',
  'apps/web/device',
]
const screens = [
  ...facesWithWords,
  'capabilities/checklists/web/record',
  'apps/web/app',
  'apps/web/shell',
  'apps/web/dashboard',
  'apps/web/unsent',
]

const wordsIn = (locale: string) =>
  together([
    ...[...facesWithWords, 'apps/web', 'apps/web/dashboard', 'apps/web/unsent'].map((face) =>
      readJson(`${face}/messages/${locale}.json`),
    ),
    readJson(`capabilities/evidence/web/retake/messages/${locale}.json`),
    readJson(`capabilities/people/web/messages/door.${locale}.json`),
    readJson(`capabilities/tasks/web/messages/pages.${locale}.json`),
    readJson(`capabilities/temperature/web/messages/pages.${locale}.json`),
    readJson(`capabilities/temperature/web/messages/chart.${locale}.json`),
    readJson(`apps/web/messages/door.${locale}.json`),
    readJson(`apps/web/messages/handing-over.${locale}.json`),
  ])
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
const alike = new Set(['Sensor', 'Roles', 'No', 'PIN', 'PDF', 'CSV'])
const letters = (text: string) =>
  text.replaceAll(/\{\w+\}|<\/?\w+>|\b(h|min)\b|OpsFlow|SafetyCulture/g, '').replaceAll(/\P{L}/gu, '')

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

const uses = screens.flatMap(usesIn)

test('the screens were read', () => {
  expect(uses.length).toBeGreaterThan(250)
})

describe.each(screens)('%s', (folder) => {
  test('says nothing that has no words', () => {
    const missing = uses
      .filter((use) => use.file.startsWith(folder))
      .filter(({ pattern }) => ![...english.keys()].some((key) => pattern.test(key)))
      .map(({ file, key }) => `${file}: ${key}`)
    expect(missing).toEqual([])
  })
})

function usesIn(folder: string) {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx') || (file.endsWith('.ts') && !file.endsWith('.test.ts')))
    .map((file) => path.join(folder, file))
  return files.flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    const spoken = [...text.matchAll(/(\w+) = useTranslations\('([\w.]+)'/g)]
    return spoken.flatMap(({ 1: name, 2: namespace, index }) => {
      const end = spoken.find((other) => other[1] === name && other.index > index)?.index
      const calls = new RegExp(`\\b${name}(?:\\.rich)?\\(([^)]*?)(?:\\)|, \\{)`, 'gs')
      return [...text.slice(index, end).matchAll(calls)]
        .flatMap(([, argument = '']) => [...argument.matchAll(/'([\w.]+)'|`([^`]+)`/g)])
        .map(([, literal, template]) => {
          const key = `${namespace}.${literal ?? template}`
          return { file, key, pattern: patternOf(key) }
        })
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

function placeholders(text: string) {
  return [...new Set([...text.matchAll(/\{(\w+)[,}]|<(\w+)>/g)].map(([, value, tag]) => value ?? tag))].sort()
}

function readJson(file: string): object {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as object
}
