import { type DraftContent, TemplateContent } from './template.ts'

/** What keeps a draft from being published: where it is (`sections[0].items[2].showIf`), a stable code, a sentence. */
export type TemplateProblem = { path: string; code: string; message: string }

export function problemsOf(draft: DraftContent): TemplateProblem[] {
  const asked = draft.sections.some(({ items }) => items.some(({ kind }) => kind !== 'instruction'))
  const nothing = { path: 'sections', code: 'nothing_asked', message: 'Ask at least one question.' }
  const held = TemplateContent.safeParse(draft).error?.issues.map((issue) => ({
    path: pathText(issue.path),
    code: ((issue as { params?: { code?: string } }).params?.code ?? issue.code) as string,
    message: issue.message,
  }))
  return [...(asked ? [] : [nothing]), ...(held ?? []), ...turnedRanges(draft)]
}

/** A least that is greater than the most: every answer would fail. */
function turnedRanges({ sections }: DraftContent): TemplateProblem[] {
  return sections.flatMap(({ items }, s) =>
    items.flatMap((item, i) => {
      const range = item.kind === 'number' ? item : item.kind === 'temperature' ? item.subject : null
      if (!range || !('min' in range) || range.min === null || range.max === null || range.min <= range.max) return []
      const message = 'The least is more than the most: every answer would fail.'
      return [{ path: `sections[${s}].items[${i}].min`, code: 'range_turned', message }]
    }),
  )
}

const pathText = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, key) => text + (typeof key === 'number' ? `[${key}]` : `${text ? '.' : ''}${String(key)}`),
    '',
  )
