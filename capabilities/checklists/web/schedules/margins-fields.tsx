'use client'
import { Field, Select } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Timing } from '../../schedule.ts'
import { useTimingWords } from './timing-words.ts'

const MARGINS = {
  visibleMinutesBefore: [0, 15, 30, 60, 120, 180, 240, 480, 720, 1440, 2880, 10080],
  lateMinutesAfter: [0, 5, 10, 15, 30, 45, 60, 120, 240, 480, 1440],
  missedMinutesAfter: [15, 30, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 2880, 10080],
} as const

/** Seen, due, late, missed: four moments, said one after another. */
export function MarginsFields({ timing, onChange }: { timing: Timing; onChange: (part: Partial<Timing>) => void }) {
  const t = useTranslations('schedules.margins')
  const words = useTimingWords()
  const isMuddled = timing.missedMinutesAfter <= timing.lateMinutesAfter
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      {(['visibleMinutesBefore', 'lateMinutesAfter', 'missedMinutesAfter'] as const).map((field) => (
        <Field
          key={field}
          label={t(field)}
          error={field === 'missedMinutesAfter' && isMuddled ? t('muddled') : undefined}
        >
          <Select value={timing[field]} onChange={({ target }) => onChange({ [field]: Number(target.value) })}>
            {[...new Set<number>([...MARGINS[field], timing[field]])]
              .sort((one, other) => one - other)
              .map((minutes) => (
                <option key={minutes} value={minutes}>
                  {minutes === 0
                    ? t(`none.${field as 'lateMinutesAfter'}`)
                    : t(`by.${field}`, { length: words.duration(minutes) })}
                </option>
              ))}
          </Select>
        </Field>
      ))}
    </div>
  )
}
