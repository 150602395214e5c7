import type { Finding, KeptSection, Section } from '../../platform/server/proven.for-tests.ts'
import type { Page } from './pages.ts'

/** Under which circumstances a page's figures were seen. */
export type Run = {
  name: string
  on: string
  commit: string
  form: 'long' | 'short'
  machine: string
  /** What ran: tests passed, failed, skipped. */
  passed: number
  failed: string[]
  skipped: string[]
}

/** A page of docs/evidence: what it says, how to repeat it, whether all of it held, and what was seen. */
export function evidencePage(page: Page, sections: readonly Section[], run: Run): string {
  const command = `npm run evidence -- ${run.name}${run.form === 'short' ? ' --short' : ''}`
  return [
    `# ${page.title}`,
    page.says,
    [
      `| seen on | ${run.on} |`,
      '| --- | --- |',
      `| commit | ${run.commit} |`,
      `| machine | ${run.machine} |`,
      `| form | ${run.form} |`,
      `| tests | ${run.passed} passed, ${run.failed.length} failed, ${run.skipped.length} skipped |`,
      `| again | \`${command}\` |`,
    ].join('\n'),
    ...(run.failed.length > 0 ? [`**This run failed.** ${list(run.failed)}`] : []),
    ...(run.skipped.length > 0 ? [`Did not run: ${list(run.skipped)}`] : []),
    ...sections.map(sectionText),
    `Written by \`npm run evidence\`; not by hand.`,
  ]
    .join('\n\n')
    .concat('\n')
}

/** As the page lists its files; within a file as they were said. */
export function inOrder(kept: readonly KeptSection[], tests: readonly string[]): KeptSection[] {
  const placeOf = ({ file }: KeptSection) => tests.findIndex((test) => file.endsWith(test))
  return [...kept].sort((a, b) => placeOf(a) - placeOf(b) || a.at - b.at)
}

function sectionText({ title, method, findings, table = [], notes = [] }: Section): string {
  return [
    `## ${title}`,
    method,
    ...(findings.length > 0 ? [tableText(findings.map(findingRow))] : []),
    ...(table.length > 0 ? [tableText(table)] : []),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ].join('\n\n')
}

const findingRow = ({ what, goal, seen, met }: Finding) => ({
  what,
  seen,
  goal: goal ?? '–',
  '': met === undefined ? '' : met ? 'reached' : '**missed**',
})

function tableText(rows: readonly Record<string, string | number>[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const line = (cells: readonly (string | number)[]) => `| ${cells.map(cellText).join(' | ')} |`
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
  ].join('\n')
}

const cellText = (cell: string | number) =>
  String(cell)
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ')

const list = (titles: readonly string[]) => titles.map((title) => `\n- ${title}`).join('')
