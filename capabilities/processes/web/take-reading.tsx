'use client'
import { parseTemperature } from '@opsflow/capabilities/temperature'
import { unreadable } from '@opsflow/capabilities/temperature/web'
import { useMended } from '@opsflow/platform/client/sync/mended'
import { Button, Keypad, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { usePlace, useRead } from '../client/index.ts'
import type { Process } from '../process.ts'
import { HoldTimer } from './hold-timer.tsx'
import { chipClass, ProbeChoice } from './probe-choice.tsx'
import { RefusalText } from './refusal-text.tsx'

/** The keypad of a process: one temperature, of the food or of the water, held for as long as its rule asks. */
export function TakeReading({
  process,
  now,
  step,
  holdSeconds,
}: {
  process: Process
  now: number
  step: 'reading' | 'reheat'
  /** The rule asks for so many seconds at the temperature; 0: it only has to be reached. */
  holdSeconds: number
}) {
  const t = useTranslations('processes.reading')
  const tt = useTranslations('temperature')
  const toast = useToast()
  const read = useRead()
  const place = usePlace(process.locationId)
  const mended = useMended('processes.read')?.args as Partial<{ value: string; unit: 'F' | 'C' }> | undefined
  const lastProbe = process.steps.findLast(({ probe }) => probe !== null)?.probe?.id ?? null
  const inWater = process.plan.kind === 'thawing' && process.plan.method === 'water'
  const hasWater = process.steps.some((one) => one.of === 'water')
  const [text, setText] = useState(mended?.value ?? '')
  const [chosenUnit, setUnit] = useState<'F' | 'C' | undefined>(mended?.unit)
  const [probeId, setProbeId] = useState(lastProbe)
  const [of, setOf] = useState<'food' | 'water'>(inWater && !hasWater ? 'water' : 'food')
  const [heldSeconds, setHeldSeconds] = useState<number | null>(null)
  const [wrong, setWrong] = useState<string>()
  const unit = chosenUnit ?? place?.temperatureUnit ?? 'F'

  function submit() {
    const value = parseTemperature(text, unit)
    if (!value.ok) return setWrong(tt(`unreadable.${unreadable(value.code)}`))
    const reading = { processId: process.id, id: crypto.randomUUID(), step, value: value.value.text, unit, of }
    read.mutate(
      { ...reading, probeId, heldSeconds },
      {
        onSuccess() {
          toast({ message: t('recorded', { product: process.product }) })
          setText('')
          setHeldSeconds(null)
        },
      },
    )
  }

  return (
    <section
      aria-label={t(step)}
      className="grid gap-4 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5"
    >
      <h2 className="text-lg font-semibold tracking-[-0.01em]">{t(step)}</h2>
      {inWater && (
        <div className="flex gap-2">
          {(['water', 'food'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={of === one}
              onClick={() => setOf(one)}
              className={chipClass(of === one)}
            >
              {t(`of.${one}`)}
            </button>
          ))}
        </div>
      )}
      <Keypad
        label={t('temperature')}
        value={text}
        onChange={(next) => {
          setText(next)
          setWrong(undefined)
        }}
        unit={unit}
        onUnitChange={setUnit}
        error={wrong}
        onEnter={submit}
      />
      {holdSeconds > 0 && <HoldTimer seconds={holdSeconds} value={heldSeconds} onChange={setHeldSeconds} />}
      <ProbeChoice locationId={process.locationId} now={now} value={probeId} onChange={setProbeId} />
      {read.error && <RefusalText error={read.error} />}
      <Button
        look="primary"
        className="min-h-14 text-base"
        disabled={text === ''}
        busy={read.isPending}
        onClick={submit}
      >
        {t('save')}
      </Button>
    </section>
  )
}
