import type { Tone } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import type { Score } from '../score.ts'

/** What of a score its figure needs. */
type Figured = Pick<Score, 'scheme' | 'status' | 'compliance' | 'grade'> & { costs: { length: number } }

/** A score in one phrase, and what its colour says. A scheme without percentages is told in its own words. */
export function useScoreWords() {
  const t = useTranslations('audits')
  const format = useFormatter()
  const percent = (of: number) => format.number(of / 100, { style: 'percent', maximumFractionDigits: 2 })

  function figure({ scheme, status, compliance, grade, costs }: Figured): string {
    if (status === 'not_scored') return t('status.not_scored')
    if (scheme === 'fda') return t('found', { count: costs.length })
    if (scheme === 'fhrs') return grade === null ? t('status.incomplete') : t('rating', { grade })
    if (scheme === 'nyc') return grade === null ? t('status.incomplete') : t('grade', { grade })
    return compliance === null ? t('status.not_scored') : percent(compliance)
  }

  /** What stands beside it: points, a letter. */
  function beside({ scheme, points, max, grade, status }: Score): string | null {
    if (status === 'not_scored' || points === null) return null
    if (scheme === 'weighted') return t('points', { points: format.number(points), max: format.number(max ?? 0) })
    if (scheme === 'la_county') return grade === null ? null : t(grade.length === 1 ? 'grade' : 'card', { grade })
    return t('against', { count: points })
  }

  return { figure, beside, percent }
}

const letters: Record<string, Tone> = { A: 'ok', B: 'warn', C: 'danger', '5': 'ok', '4': 'ok', '3': 'warn' }

export function toneOf({
  scheme,
  status,
  grade,
  outcome,
}: Pick<Score, 'scheme' | 'status' | 'grade' | 'outcome'>): Tone {
  if (status === 'pass') return 'ok'
  if (status === 'fail' || status === 'fail_critical') return 'danger'
  if (status !== 'scored') return 'neutral'
  if (scheme === 'fda') return outcome === 'open_follow_up' ? 'warn' : 'ok'
  return grade === null ? 'info' : (letters[grade] ?? 'danger')
}
