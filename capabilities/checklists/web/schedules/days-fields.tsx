'use client'
import { Button, Choices, Field, IconButton, Select } from '@opsflow/platform/web'
import { Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Recurrence } from '../../schedule.ts'
import { PATTERNS, patternOf, recurrenceOf } from './draft.ts'
import { useTimingWords } from './timing-words.ts'
import { ToggleChip } from './toggle-chip.tsx'

const WEEK = [1, 2, 3, 4, 5, 6, 7]
const MONTH = [...Array.from({ length: 31 }, (_, n) => n + 1), -1]
const NTHS = [1, 2, 3, 4, 5, -1]
const INTERVALS = {
  day: [1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 30, 60, 90, 180, 365],
  week: [1, 2, 3, 4, 5, 6, 8, 12, 26, 52],
  month: [1, 2, 3, 4, 6, 12, 24],
}

type Fields<R extends Recurrence = Recurrence> = { recurrence: R; onChange: (recurrence: Recurrence) => void }

/** On which days: every so many, these of the week, these of the month. */
export function DaysFields({ recurrence, onChange }: Fields) {
  const t = useTranslations('schedules.days')
  return (
    <div className="grid gap-4">
      <Choices
        label={t('which')}
        name="pattern"
        value={patternOf(recurrence)}
        onChange={(pattern) => onChange(recurrenceOf(pattern))}
        options={PATTERNS.map((pattern) => ({ value: pattern, label: t(`patterns.${pattern}`) }))}
        columns="grid-cols-2"
      />
      {recurrence.every === 'week' && <Weekdays recurrence={recurrence} onChange={onChange} />}
      {recurrence.every === 'month' && <MonthFields recurrence={recurrence} onChange={onChange} />}
      <Interval recurrence={recurrence} onChange={onChange} />
    </div>
  )
}

function Interval({ recurrence, onChange }: Fields) {
  const t = useTranslations('schedules.days')
  const { every, interval } = recurrence
  const offered = INTERVALS[every]
  return (
    <Field label={t('howOften')} className="max-w-56">
      <Select value={interval} onChange={({ target }) => onChange({ ...recurrence, interval: Number(target.value) })}>
        {[...new Set([...offered, interval])]
          .sort((one, other) => one - other)
          .map((count) => (
            <option key={count} value={count}>
              {t(`every.${every}`, { count })}
            </option>
          ))}
      </Select>
    </Field>
  )
}

function Weekdays({ recurrence, onChange }: Fields<Recurrence & { every: 'week' }>) {
  const t = useTranslations('schedules.days')
  const words = useTimingWords()
  const { weekdays } = recurrence
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{t('weekdays')}</legend>
      <div className="grid grid-cols-4 gap-2 sm:grid-cols-7">
        {WEEK.map((day) => (
          <ToggleChip
            key={day}
            label={words.weekday(day, 'short')}
            name={words.weekday(day)}
            on={weekdays.includes(day)}
            onChange={(on) => onChange({ ...recurrence, weekdays: toggled(weekdays, day, on) })}
          />
        ))}
      </div>
      {weekdays.length === 0 && <p className="mt-2 text-sm font-medium text-danger">{t('noWeekday')}</p>}
    </fieldset>
  )
}

function MonthFields({ recurrence, onChange }: Fields<Recurrence & { every: 'month' }>) {
  const t = useTranslations('schedules.days')
  const words = useTimingWords()
  const { days, nth } = recurrence
  const setNth = (index: number, part: Partial<(typeof nth)[number]>) =>
    onChange({ ...recurrence, nth: nth.map((one, n) => (n === index ? { ...one, ...part } : one)) })
  return (
    <>
      {(nth.length === 0 || days.length > 0) && (
        <fieldset>
          <legend className="mb-2 text-sm font-medium">{t('monthDays')}</legend>
          <div className="grid grid-cols-6 gap-1.5 sm:grid-cols-8">
            {MONTH.map((day) => (
              <ToggleChip
                key={day}
                label={day === -1 ? t('last') : String(day)}
                name={day === -1 ? t('lastDay') : t('day', { day })}
                on={days.includes(day)}
                onChange={(on) => onChange({ ...recurrence, days: toggled(days, day, on) })}
              />
            ))}
          </div>
          {days.some((day) => day > 28) && <p className="mt-2 text-sm text-ink-muted">{t('shortMonths')}</p>}
        </fieldset>
      )}
      {nth.length > 0 && (
        <fieldset className="grid gap-2">
          <legend className="mb-2 text-sm font-medium">{t('nthWeekdays')}</legend>
          {nth.map((each, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: each is its place in the list
            <div key={n} className="flex items-center gap-2">
              <Select
                aria-label={t('nthWhich', { n: n + 1 })}
                value={each.nth}
                onChange={({ target }) => setNth(n, { nth: Number(target.value) })}
              >
                {NTHS.map((value) => (
                  <option key={value} value={value}>
                    {t(`nth.${value as 1}`)}
                  </option>
                ))}
              </Select>
              <Select
                aria-label={t('nthWeekday', { n: n + 1 })}
                value={each.weekday}
                onChange={({ target }) => setNth(n, { weekday: Number(target.value) })}
              >
                {WEEK.map((day) => (
                  <option key={day} value={day}>
                    {words.weekday(day)}
                  </option>
                ))}
              </Select>
              {nth.length > 1 && (
                <IconButton
                  label={t('removeNth', { n: n + 1 })}
                  icon={<X aria-hidden />}
                  onClick={() => onChange({ ...recurrence, nth: nth.filter((_, m) => m !== n) })}
                />
              )}
            </div>
          ))}
          {nth.length < 10 && (
            <Button
              look="quiet"
              className="justify-self-start"
              onClick={() => onChange({ ...recurrence, nth: [...nth, { nth: 3, weekday: nth.at(-1)?.weekday ?? 1 }] })}
            >
              <Plus aria-hidden />
              {t('addNth')}
            </Button>
          )}
        </fieldset>
      )}
    </>
  )
}

const toggled = (all: readonly number[], one: number, on: boolean) =>
  on ? [...all, one].sort((a, b) => a - b) : all.filter((other) => other !== one)
