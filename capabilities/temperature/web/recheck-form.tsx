'use client'
import { useMended } from '@opsflow/platform/client/sync/mended'
import { Button, Keypad, StatusBadge, Temperature } from '@opsflow/platform/web'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRecheck } from '../client/index.ts'
import type { CorrectiveActionRecord } from '../records.ts'
import { parseTemperature } from '../value.ts'
import { RefusalText } from './refusal-text.tsx'

/** The temperature afterwards. Out of its limit again, it stays on record and the re-check is still owed. */
export function RecheckForm({ action, unit: usual }: { action: CorrectiveActionRecord; unit: 'F' | 'C' }) {
  const t = useTranslations('temperature')
  const recheck = useRecheck(action.id)
  const typed = useMended('temperature.recheck')?.args as Partial<{ value: string; unit: 'F' | 'C' }> | undefined
  const reading = useRef<string>(undefined)
  const [text, setText] = useState(typed?.value ?? '')
  const [unit, setUnit] = useState(typed?.unit ?? usual)
  const [wrong, setWrong] = useState<string>()
  const failed = action.rechecks.at(-1)

  function submit() {
    const read = parseTemperature(text, unit)
    if (!read.ok) return setWrong(t(`unreadable.${unreadable(read.code)}`))
    reading.current ??= crypto.randomUUID()
    recheck.mutate(
      { id: reading.current, value: read.value.text, unit },
      {
        onSuccess() {
          setText('')
          reading.current = undefined
        },
      },
    )
  }

  return (
    <div className="mx-auto grid max-w-md gap-4">
      <div>
        <h2 className="text-lg font-semibold tracking-[-0.01em]">{t('action.recheckTitle')}</h2>
        <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('action.recheckText')}</p>
      </div>
      {failed && !failed.isCompliant && (
        <p className="flex flex-wrap items-center gap-2 text-[0.9375rem]">
          <StatusBadge tone="danger">{t('action.stillOutside')}</StatusBadge>
          <Temperature value={failed.value} className="font-semibold" />
        </p>
      )}
      <Keypad
        label={t('action.recheckTitle')}
        value={text}
        onChange={(next) => {
          setText(next)
          setWrong(undefined)
          reading.current = undefined
        }}
        unit={unit}
        onUnitChange={setUnit}
        error={wrong}
        onEnter={submit}
      />
      {recheck.error && <RefusalText error={recheck.error} />}
      <Button
        look="primary"
        className="min-h-14 text-base"
        disabled={text === ''}
        busy={recheck.isPending}
        onClick={submit}
      >
        {t('action.recheckSave')}
      </Button>
    </div>
  )
}

export const unreadable = (code: string) =>
  code.replace('temperature.value_', '') as 'empty' | 'not_a_number' | 'too_precise' | 'implausible'
