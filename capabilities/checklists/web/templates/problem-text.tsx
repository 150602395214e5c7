'use client'
import { useTranslations } from 'use-intl'
import type { TemplateProblem } from '../../template-problems.ts'

const KNOWN = [
  ...(['not_above', 'id_twice', 'nothing_asked', 'too_many_items', 'range_turned'] as const),
  ...(['nothing_scored', 'other_scheme', 'not_a_choice', 'points_off_ladder'] as const),
] as const

/** What keeps a draft from being published, in the reader's words. */
export function ProblemText({ problem }: { problem: TemplateProblem }) {
  const t = useTranslations('templates.problems')
  const code = KNOWN.find((one) => one === problem.code)
  return <p className="text-sm font-medium text-danger">{code ? t(code) : problem.message}</p>
}
