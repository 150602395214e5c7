'use client'
import { Button, Field, Input } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { fromLocal, nextAt, toLocal } from './local-time.ts'

/** Until when: what is meant most often by one touch, any time by the clock. */
export function DueField({ value, onChange }: { value: string | null; onChange: (dueAt: string | null) => void }) {
  const t = useTranslations('taskPages')
  const [text, setText] = useState(toLocal(value))
  const set = (dueAt: string | null) => {
    setText(toLocal(dueAt))
    onChange(dueAt)
  }
  const inAnHour = () => new Date(Date.now() + 60 * 60_000).toISOString()
  return (
    <div className="grid gap-2">
      <Field label={t('fields.due')} optional={t('optional')}>
        <Input
          type="datetime-local"
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            onChange(fromLocal(target.value))
          }}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => set(inAnHour())}>{t('dueIn.hour')}</Button>
        <Button onClick={() => set(nextAt(22, Date.now()))}>{t('dueIn.tonight')}</Button>
        <Button onClick={() => set(nextAt(10, Date.now(), 1))}>{t('dueIn.tomorrow')}</Button>
        {value !== null && (
          <Button look="quiet" onClick={() => set(null)}>
            {t('dueIn.none')}
          </Button>
        )}
      </div>
    </div>
  )
}
