'use client'
import { Button, Field, IconButton, Input, Select } from '@opsflow/platform/web'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { SlotTime } from '../../schedule.ts'
import { timesBetween } from './draft.ts'
import { More } from './more.tsx'
import { useTimingWords } from './timing-words.ts'

const KINDS = ['clock', 'openingBefore', 'openingAfter', 'closingBefore', 'closingAfter'] as const
type Kind = (typeof KINDS)[number]
const MINUTES = [0, 15, 30, 45, 60, 90, 120, 180, 240, 360]

type Fields = { slots: readonly SlotTime[]; onChange: (slots: SlotTime[]) => void }

/** At which times of such a day: by the clock, or by the hours of that day. */
export function TimesFields({ slots, onChange }: Fields) {
  const t = useTranslations('schedules.times')
  const set = (index: number, slot: SlotTime) => onChange(slots.map((one, n) => (n === index ? slot : one)))
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 text-sm font-medium">{t('title')}</legend>
      {slots.map((slot, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a time is its place in the list
        <div key={n} className="flex items-center gap-2">
          <SlotFields slot={slot} n={n + 1} onChange={(changed) => set(n, changed)} />
          {slots.length > 1 && (
            <IconButton
              label={t('remove', { n: n + 1 })}
              icon={<X aria-hidden />}
              onClick={() => onChange(slots.filter((_, m) => m !== n))}
            />
          )}
        </div>
      ))}
      {slots.length < 48 && (
        <Button
          look="quiet"
          className="justify-self-start"
          onClick={() => onChange([...slots, slots.at(-1) ?? { by: 'clock', at: '10:00' }])}
        >
          <Plus aria-hidden />
          {t('add')}
        </Button>
      )}
      <EverySoOften onFill={onChange} />
    </fieldset>
  )
}

function SlotFields({ slot, n, onChange }: { slot: SlotTime; n: number; onChange: (slot: SlotTime) => void }) {
  const t = useTranslations('schedules.times')
  const words = useTimingWords()
  const minutes = slot.by === 'clock' ? 30 : Math.abs(slot.minutes)
  const choose = (kind: Kind) => {
    if (kind === 'clock') return onChange({ by: 'clock', at: '10:00' })
    const by = kind.startsWith('opening') ? 'opening' : 'closing'
    onChange({ by, minutes: kind.endsWith('Before') ? -minutes : minutes })
  }
  return (
    <div className="grid min-w-0 flex-1 grid-cols-2 gap-2">
      <Select
        aria-label={t('kind', { n })}
        value={kindOf(slot)}
        onChange={({ target }) => choose(target.value as Kind)}
      >
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kinds.${kind}`)}
          </option>
        ))}
      </Select>
      {slot.by === 'clock' ? (
        <Input
          type="time"
          aria-label={t('at', { n })}
          value={slot.at}
          required
          onChange={({ target }) => onChange({ by: 'clock', at: target.value })}
        />
      ) : (
        <Select
          aria-label={t('minutes', { n })}
          value={minutes}
          onChange={({ target }) => onChange({ ...slot, minutes: Math.sign(slot.minutes || 1) * Number(target.value) })}
        >
          {[...new Set([...MINUTES, minutes])]
            .filter((value) => value > 0 || slot.minutes >= 0)
            .sort((one, other) => one - other)
            .map((value) => (
              <option key={value} value={value}>
                {value === 0 ? t('exactly') : words.duration(value)}
              </option>
            ))}
        </Select>
      )}
    </div>
  )
}

const kindOf = (slot: SlotTime): Kind =>
  slot.by === 'clock' ? 'clock' : `${slot.by}${slot.minutes < 0 ? 'Before' : 'After'}`

/** A line check every two hours is not typed in twelve times. */
function EverySoOften({ onFill }: { onFill: (slots: SlotTime[]) => void }) {
  const t = useTranslations('schedules.times')
  const words = useTimingWords()
  const [first, setFirst] = useState('10:00')
  const [last, setLast] = useState('22:00')
  const [every, setEvery] = useState(120)
  return (
    <More label={t('several')}>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label={t('every')}>
          <Select value={every} onChange={({ target }) => setEvery(Number(target.value))}>
            {[30, 60, 90, 120, 180, 240, 360].map((minutes) => (
              <option key={minutes} value={minutes}>
                {words.duration(minutes)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('first')}>
          <Input type="time" value={first} onChange={({ target }) => setFirst(target.value)} />
        </Field>
        <Field label={t('last')}>
          <Input type="time" value={last} onChange={({ target }) => setLast(target.value)} />
        </Field>
      </div>
      <Button disabled={first === '' || last === ''} onClick={() => onFill(timesBetween(first, last, every))}>
        {t('fill')}
      </Button>
    </More>
  )
}
