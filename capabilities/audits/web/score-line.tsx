'use client'
import { StatusShape } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Score } from '../score.ts'
import { useScoreWords } from './score-words.ts'

/** The score while someone answers: one line that says where it stands. */
export function ScoreLine({ score }: { score: Score }) {
  const t = useTranslations('audits')
  const { figure, beside } = useScoreWords()
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-muted">
      <StatusShape tone={score.failedCritical.length > 0 ? 'danger' : 'neutral'} />
      <span>{t('soFar')}</span>
      <bdi dir="ltr" className="font-semibold text-ink tabular-nums">
        {figure(score)}
      </bdi>
      {beside(score) && <span className="tabular-nums">{beside(score)}</span>}
      {score.failedCritical.length > 0 && <span className="font-medium text-danger">{t('status.fail_critical')}</span>}
    </p>
  )
}
