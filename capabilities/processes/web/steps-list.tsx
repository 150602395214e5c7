'use client'
import { Button, Dialog, Field, Input, Keypad, Moment, Panel, StatusBadge, Temperature } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCorrect, usePlace, useSteps } from '../client/index.ts'
import { isDoubted } from '../probe-standing.ts'
import type { Process, ProcessStep } from '../process.ts'
import { RefusalText } from './refusal-text.tsx'
import { useTypedTemperature } from './typed-temperature.ts'

/** Everything that was done, in its order, with what is doubtful about it. */
export function StepsList({ process, mayCorrect }: { process: Process; mayCorrect: boolean }) {
  const t = useTranslations('processes.steps')
  const [correcting, setCorrecting] = useState<ProcessStep>()
  const steps = useSteps(process)
  const place = usePlace(process.locationId)
  const corrected = new Set(steps.map(({ correctsId }) => correctsId))
  return (
    <Panel title={t('title')} flush>
      <ol aria-label={t('title')} className="divide-y divide-line">
        <li className="px-4 py-3 sm:px-5">
          <p className="font-medium">{t('began')}</p>
          <p className="dotted flex flex-wrap text-sm text-ink-muted">
            <Moment at={process.beganAt} timeZone={place?.timezone} />
            {process.beganBy && <span>{process.beganBy.name}</span>}
            {process.kiosk?.name && <span>{process.kiosk.name}</span>}
          </p>
        </li>
        {steps.map((step) => (
          <li key={step.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 sm:px-5">
            <div className="min-w-0 flex-1 basis-52">
              <p className="flex flex-wrap items-baseline gap-x-2 font-medium">
                {t(`kinds.${step.step}`)}
                {step.value && (
                  <Temperature value={step.value} className={corrected.has(step.id) ? 'line-through' : ''} />
                )}
                {step.of === 'water' && <span className="text-sm text-ink-muted">{t('inWater')}</span>}
                {step.heldSeconds !== null && (
                  <span className="text-sm text-ink-muted">{t('held', { seconds: step.heldSeconds })}</span>
                )}
              </p>
              <p className="dotted flex flex-wrap text-sm text-ink-muted">
                <Moment at={step.at} timeZone={place?.timezone} />
                {step.by && <span>{step.by.name}</span>}
                {step.kiosk?.name && <span>{step.kiosk.name}</span>}
                {step.probe && <span>{step.probe.name}</span>}
              </p>
              {step.note && <p className="text-sm">{step.note}</p>}
            </div>
            {step.outcome === 'superseded' && <StatusBadge tone="neutral">{t('superseded')}</StatusBadge>}
            {step.timeQuality === 'doubtful' && <StatusBadge tone="warn">{t('doubtful')}</StatusBadge>}
            {step.probeStanding && isDoubted(step.probeStanding) && (
              <StatusBadge tone="warn">{t(`probe.${step.probeStanding}`)}</StatusBadge>
            )}
            {mayCorrect && isReading(step) && !corrected.has(step.id) && (
              <Button look="quiet" onClick={() => setCorrecting(step)}>
                {t('correct')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {correcting && <CorrectDialog process={process} step={correcting} onClose={() => setCorrecting(undefined)} />}
    </Panel>
  )
}

const isReading = ({ step, outcome }: ProcessStep) => (step === 'reading' || step === 'reheat') && outcome === 'applied'

function CorrectDialog({ process, step, onClose }: { process: Process; step: ProcessStep; onClose: () => void }) {
  const t = useTranslations('processes.steps')
  const correct = useCorrect()
  const typed = useTypedTemperature(step.value?.unit)
  const [reason, setReason] = useState('')

  function submit() {
    const value = typed.read()
    if (value === undefined) return
    const said = { value, unit: typed.unit, reason }
    correct.mutate(
      { processId: process.id, id: crypto.randomUUID(), correctsId: step.id, ...said },
      { onSuccess: onClose },
    )
  }

  return (
    <Dialog open onClose={onClose} title={t('correctTitle')} description={t('correctText')}>
      <div className="grid gap-4">
        <Keypad label={t('rightValue')} {...typed.keypad} />
        <Field label={t('reason')}>
          <Input value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {correct.error && <RefusalText error={correct.error} />}
        <Button
          look="primary"
          className="min-h-14 text-base"
          disabled={typed.text === '' || reason.trim().length < 3}
          busy={correct.isPending}
          onClick={submit}
        >
          {t('save')}
        </Button>
      </div>
    </Dialog>
  )
}
