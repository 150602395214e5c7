'use client'
import { Button, Dialog, Field, Input, Keypad, Temperature, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import {
  CALIBRATION_METHODS,
  type CalibrationMethod,
  expectedMilli,
  HIGHEST_METRES,
  isAccurate,
  LOWEST_METRES,
} from '../calibration.ts'
import { useCalibrate, usePlace } from '../client/index.ts'
import type { Probe } from '../probe.ts'
import { chipClass } from './probe-choice.tsx'
import { RefusalText } from './refusal-text.tsx'
import { useTypedTemperature } from './typed-temperature.ts'

/** Into melting ice or boiling water: what it has to show is said, and whether it does as soon as the number stands there. */
export function CalibrateDialog({ probe, onClose }: { probe: Probe; onClose: () => void }) {
  const t = useTranslations('processes.probes')
  const toast = useToast()
  const calibrate = useCalibrate()
  const place = usePlace(probe.locationId)
  const before = probe.calibrations.find(({ altitudeMetres }) => altitudeMetres !== 0)
  const [method, setMethod] = useState<CalibrationMethod>('ice')
  const [altitude, setAltitude] = useState(String(before?.altitudeMetres ?? 0))
  const typed = useTypedTemperature(place?.temperatureUnit)
  const metres = /^-?\d{1,4}$/.test(altitude) ? Number(altitude) : null
  const altitudeMetres = metres === null || metres < LOWEST_METRES || metres > HIGHEST_METRES ? null : metres
  const expected = expectedMilli(method, typed.unit, altitudeMetres ?? 0)
  const shown = typed.parsed
  const isRight = shown.ok && isAccurate(shown.value, expected)

  function submit() {
    const value = typed.read()
    if (value === undefined || altitudeMetres === null) return
    const made = { probeId: probe.id, id: crypto.randomUUID(), method, altitudeMetres }
    calibrate.mutate(
      { ...made, value, unit: typed.unit },
      {
        onSuccess() {
          toast({ message: t(isRight ? 'isRight' : 'isOff', { name: probe.name }) })
          onClose()
        },
      },
    )
  }

  return (
    <Dialog open onClose={onClose} title={t('calibrateTitle', { name: probe.name })} description={t('calibrateText')}>
      <div className="grid gap-4">
        <div className="flex flex-wrap gap-2">
          {CALIBRATION_METHODS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={method === one}
              onClick={() => setMethod(one)}
              className={chipClass(method === one)}
            >
              {t(`methods.${one}`)}
            </button>
          ))}
        </div>
        {method === 'boiling' && (
          <Field
            label={t('altitude')}
            hint={t('altitudeHint')}
            error={altitudeMetres === null ? t('altitudeWrong') : undefined}
          >
            <Input inputMode="numeric" value={altitude} onChange={(event) => setAltitude(event.target.value.trim())} />
          </Field>
        )}
        <p className="text-sm">
          {t('shouldShow')}{' '}
          <Temperature value={{ milli: expected, unit: typed.unit }} className="text-base font-semibold" />
        </p>
        <Keypad label={t('shows')} {...typed.keypad} onEnter={submit} />
        {shown.ok && (
          <p role="status" className={isRight ? 'font-medium text-ok' : 'font-medium text-danger'}>
            {t(isRight ? 'right' : 'off')}
          </p>
        )}
        {calibrate.error && <RefusalText error={calibrate.error} />}
        <Button
          look="primary"
          className="min-h-14 text-base"
          disabled={typed.text === '' || altitudeMetres === null}
          busy={calibrate.isPending}
          onClick={submit}
        >
          {t('saveCalibration')}
        </Button>
      </div>
    </Dialog>
  )
}
