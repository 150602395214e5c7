'use client'
import { useMended } from '@opsflow/platform/client/sync/mended'
import { Button, Keypad, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { usePlace, useRead } from '../client/index.ts'
import type { Process } from '../process.ts'
import { HoldTimer } from './hold-timer.tsx'
import { chipClass, ProbeChoice } from './probe-choice.tsx'
import { RefusalText } from './refusal-text.tsx'
import { useTypedTemperature } from './typed-temperature.ts'

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
  const toast = useToast()
  const read = useRead()
  const place = usePlace(process.locationId)
  const mended = useMended('processes.read')?.args as Partial<{ value: string; unit: 'F' | 'C' }> | undefined
  const lastProbe = process.steps.findLast(({ probe }) => probe !== null)?.probe?.id ?? null
  const inWater = process.plan.kind === 'thawing' && process.plan.method === 'water'
  const hasWater = process.steps.some((one) => one.of === 'water')
  const typed = useTypedTemperature(place?.temperatureUnit, { text: mended?.value ?? '', unit: mended?.unit })
  const [probeId, setProbeId] = useState(lastProbe)
  const [of, setOf] = useState<'food' | 'water'>(inWater && !hasWater ? 'water' : 'food')
  const [heldSeconds, setHeldSeconds] = useState<number | null>(null)

  function submit() {
    const value = typed.read()
    if (value === undefined) return
    const reading = { processId: process.id, id: crypto.randomUUID(), step, value, unit: typed.unit, of }
    read.mutate(
      { ...reading, probeId, heldSeconds },
      {
        onSuccess() {
          toast({ message: t('recorded', { product: process.product }) })
          typed.clear()
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
      <Keypad label={t('temperature')} {...typed.keypad} onEnter={submit} />
      {holdSeconds > 0 && <HoldTimer seconds={holdSeconds} value={heldSeconds} onChange={setHeldSeconds} />}
      <ProbeChoice locationId={process.locationId} now={now} value={probeId} onChange={setProbeId} />
      {read.error && <RefusalText error={read.error} />}
      <Button
        look="primary"
        className="min-h-14 text-base"
        disabled={typed.text === ''}
        busy={read.isPending}
        onClick={submit}
      >
        {t('save')}
      </Button>
    </section>
  )
}
