'use client'
import { Button, Field, IconButton, Input, Select, Switch } from '@opsflow/platform/web'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Timing } from '../../schedule.ts'
import { More } from './more.tsx'
import { useTimingWords } from './timing-words.ts'

type Fields = { timing: Timing; onChange: (part: Partial<Timing>) => void }

/** Closed days, from and until, seasons, and days on which it is not done: most schedules need none of it. */
export function SeasonFields({ timing, onChange }: Fields) {
  const t = useTranslations('schedules.season')
  const isUsed = timing.to !== null || timing.seasons.length > 0 || timing.except.length > 0
  return (
    <More label={t('title')} open={isUsed}>
      <Switch
        label={t('closedDays')}
        hint={t('closedDaysHint')}
        checked={timing.onClosedDays === 'keep'}
        onChange={(keep) => onChange({ onClosedDays: keep ? 'keep' : 'skip' })}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('from')}>
          <Input type="date" required value={timing.from} onChange={({ target }) => onChange({ from: target.value })} />
        </Field>
        <Field
          label={t('to')}
          hint={t('toHint')}
          error={timing.to !== null && timing.to < timing.from ? t('toError') : undefined}
        >
          <Input
            type="date"
            value={timing.to ?? ''}
            min={timing.from}
            onChange={({ target }) => onChange({ to: target.value || null })}
          />
        </Field>
      </div>
      <Seasons timing={timing} onChange={onChange} />
      <Exceptions timing={timing} onChange={onChange} />
    </More>
  )
}

function Seasons({ timing: { seasons }, onChange }: Fields) {
  const t = useTranslations('schedules.season')
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{t('seasons')}</legend>
      {seasons.map((season, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a season is its place in the list
        <div key={n} className="flex flex-wrap items-center gap-2">
          {(['from', 'to'] as const).map((edge) => (
            <MonthDay
              key={edge}
              label={t(`season.${edge}`, { n: n + 1 })}
              value={season[edge]}
              onChange={(value) =>
                onChange({ seasons: seasons.map((one, m) => (m === n ? { ...one, [edge]: value } : one)) })
              }
            />
          ))}
          <IconButton
            label={t('removeSeason', { n: n + 1 })}
            icon={<X aria-hidden />}
            onClick={() => onChange({ seasons: seasons.filter((_, m) => m !== n) })}
          />
        </div>
      ))}
      {seasons.length < 6 && (
        <Button
          look="quiet"
          className="justify-self-start"
          onClick={() => onChange({ seasons: [...seasons, { from: '05-01', to: '09-30' }] })}
        >
          <Plus aria-hidden />
          {t('addSeason')}
        </Button>
      )}
    </fieldset>
  )
}

/** A day of every year. */
function MonthDay({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const t = useTranslations('schedules.season')
  const format = useFormatter()
  const [month = '01', day = '01'] = value.split('-')
  const lastDay = new Date(Date.UTC(2024, Number(month), 0)).getUTCDate()
  const two = (n: number) => String(n).padStart(2, '0')
  return (
    <fieldset className="flex items-center gap-1.5">
      <legend className="sr-only">{label}</legend>
      <Select
        aria-label={t('month', { what: label })}
        value={month}
        onChange={({ target }) => {
          const most = new Date(Date.UTC(2024, Number(target.value), 0)).getUTCDate()
          onChange(`${target.value}-${two(Math.min(Number(day), most))}`)
        }}
      >
        {Array.from({ length: 12 }, (_, n) => (
          <option key={two(n + 1)} value={two(n + 1)}>
            {format.dateTime(new Date(Date.UTC(2024, n, 1)), { month: 'long', timeZone: 'UTC' })}
          </option>
        ))}
      </Select>
      <Select
        aria-label={t('day', { what: label })}
        value={day}
        onChange={({ target }) => onChange(`${month}-${target.value}`)}
      >
        {Array.from({ length: lastDay }, (_, n) => (
          <option key={two(n + 1)} value={two(n + 1)}>
            {n + 1}
          </option>
        ))}
      </Select>
    </fieldset>
  )
}

function Exceptions({ timing: { except }, onChange }: Fields) {
  const t = useTranslations('schedules.season')
  const words = useTimingWords()
  const [day, setDay] = useState('')
  const add = () => {
    if (day !== '' && !except.includes(day)) onChange({ except: [...except, day].sort() })
    setDay('')
  }
  return (
    <div className="grid gap-2">
      <Field label={t('except')} hint={t('exceptHint')}>
        <div className="flex gap-2">
          <Input type="date" aria-label={t('except')} value={day} onChange={({ target }) => setDay(target.value)} />
          <Button disabled={day === ''} onClick={add}>
            {t('addExcept')}
          </Button>
        </div>
      </Field>
      {except.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {except.map((one) => (
            <li key={one} className="flex items-center rounded-lg border border-line bg-sunken ps-3 text-sm">
              {words.date(one)}
              <IconButton
                label={t('removeExcept', { day: words.date(one) })}
                icon={<X aria-hidden />}
                onClick={() => onChange({ except: except.filter((other) => other !== one) })}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
