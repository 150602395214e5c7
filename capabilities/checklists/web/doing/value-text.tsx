'use client'
import { useTranslations } from 'use-intl'
import type { Answer } from '../../answer.ts'
import type { Item } from '../../item.ts'

/** An answer in words, for lists and the record. */
export function ValueText({ item, answer }: { item: Item; answer: Pick<Answer, 'value' | 'outcome' | 'photos'> }) {
  const t = useTranslations('doing.step')
  const { value, outcome } = answer
  if (outcome === 'not_applicable') return t('notApplicable')
  if (outcome === 'cleared' || value === null) return t('notAnswered')
  switch (value.kind) {
    case 'pass_fail':
      return t(value.passes ? 'pass' : 'fail')
    case 'yes_no':
      return t(value.yes ? 'yes' : 'no')
    case 'number':
      return (
        <bdi dir="ltr">
          {value.text} {item.kind === 'number' ? item.unit : ''}
        </bdi>
      )
    case 'temperature':
      return <bdi dir="ltr">{`${value.text} °${value.unit}`}</bdi>
    case 'choice':
      return item.kind === 'choice'
        ? item.options.flatMap(({ id, label }) => (value.options.includes(id) ? [label] : [])).join(', ')
        : ''
    case 'photo':
      return t('photosCount', { count: answer.photos })
    case 'signature':
      return value.name
    case 'timer':
      return value.endedAt ? minutesOf(value.startedAt, value.endedAt) : t('timerRuns')
    case 'entry':
      return value.label
    default:
      return value.text
  }
}

const minutesOf = (from: string, to: string) => {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
