import { readFileSync } from 'node:fs'

export const STATUSES = ['held', 'partly', 'not held', 'not applicable'] as const

export type Requirement = {
  /** Of ASVS 5.0. */
  id: string
  level: 1 | 2
  /** In our words, not the standard's. */
  about: string
  status: (typeof STATUSES)[number]
  /** Files of this repository, or `file › title of a test`. */
  by?: readonly string[]
  /** What is missing, or why it does not apply. */
  note?: string
}

export type Numbers = { source: string; chapters: Record<string, string>; '1': string[]; '2': string[] }

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../docs/security/${name}`, import.meta.url), 'utf8'))

export const requirements: readonly Requirement[] = read('asvs.json')
export const numbers: Numbers = read('asvs-numbers.json')

export const countOf = (list: readonly Requirement[], status: Requirement['status'], level?: 1 | 2) =>
  list.filter((one) => one.status === status && (level === undefined || one.level === level)).length

/** docs/security/asvs.md. */
export function asvsPage(list: readonly Requirement[], { source, chapters }: Numbers): string {
  const counts = STATUSES.map((status) => `| ${status} | ${countOf(list, status, 1)} | ${countOf(list, status, 2)} |`)
  const parts = Object.entries(chapters).flatMap(([chapter, name]) => {
    const own = list.filter(({ id }) => id.split('.')[0] === chapter)
    return own.length === 0
      ? []
      : [
          '',
          `## V${chapter} ${name}`,
          '',
          '| number | level | what | status | by | |',
          '| --- | --- | --- | --- | --- | --- |',
          ...own.map(rowOf),
        ]
  })
  return [
    '# ASVS 5.0, levels 1 and 2',
    '',
    'Made of `asvs.json` by `node scripts/security/write-asvs.ts`. A test fails when a number of the standard is missing, a file or a test named here is',
    `gone, or this page is not what the data says. Numbers: ${source} (CC BY-SA 4.0, OWASP); the words are ours and shorter than the`,
    'standard’s, which counts. *held*: code or a test shows it. *partly*: what is missing is said. Nobody outside has looked at it.',
    '',
    '| | level 1 | level 2 |',
    '| --- | --- | --- |',
    ...counts,
    ...parts,
    '',
  ].join('\n')
}

function rowOf({ id, level, about, status, by = [], note = '' }: Requirement): string {
  const refs = by.map((one) => {
    const [file = '', title] = one.split(' › ')
    const link = `[${file.split('/').at(-1)}](../../${file})`
    return title ? `${link} “${title}”` : link
  })
  return `| ${id} | ${level} | ${about} | ${status} | ${refs.join('; ')} | ${note} |`
}
