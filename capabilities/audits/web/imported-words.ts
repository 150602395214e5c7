import { useFormatter, useTranslations } from 'use-intl'
import type { ComputedBeside, ImportedAudit } from '../imported.ts'

/** What was given and what was computed, each in one phrase. */
export function useImportedWords() {
  const t = useTranslations('audits')
  const format = useFormatter()
  const percent = (of: number) => format.number(of / 100, { style: 'percent', maximumFractionDigits: 2 })

  function given({ result, percent: of, grade, score, source }: ImportedAudit): string {
    if (grade) return t('grade', { grade })
    if (of !== null) return percent(of)
    if (source === 'nyc' && score !== null) return t('against', { count: score })
    return result
  }
  const computed = ({ grade, percent: of }: ComputedBeside): string | null =>
    grade ? t('grade', { grade }) : of === null ? null : percent(of)

  return { given, computed, percent }
}
