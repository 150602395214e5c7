'use client'
import { askOwnPosition, type NoPosition } from '@opsflow/platform/client/own-position'
import { Button, Field, Input } from '@opsflow/platform/web'
import { LocateFixed } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Location } from '../location.ts'
import { USUAL_RADIUS_METRES } from '../position.ts'

/** Where it lies, for whoever shows by their device that they are there; typed, or taken where one stands. */
export function PositionFields({ location }: { location: Location | undefined }) {
  const t = useTranslations('places.position')
  const [latitude, setLatitude] = useState(String(location?.latitude ?? ''))
  const [longitude, setLongitude] = useState(String(location?.longitude ?? ''))
  const [isAsking, setAsking] = useState(false)
  const [told, setTold] = useState<NoPosition | { accuracy: number }>()
  async function takeOwn() {
    setAsking(true)
    const own = await askOwnPosition()
    setAsking(false)
    if (typeof own === 'string') return setTold(own)
    setLatitude(own.latitude.toFixed(6))
    setLongitude(own.longitude.toFixed(6))
    setTold({ accuracy: Math.ceil(own.accuracy) })
  }
  const degrees = (most: number) =>
    ({ type: 'number', step: 'any', min: -most, max: most, inputMode: 'decimal' }) as const
  return (
    <fieldset className="grid gap-3">
      <div className="flex min-h-target flex-wrap items-center justify-between gap-2">
        <legend className="float-start text-[0.9375rem] font-semibold">{t('title')}</legend>
        <Button look="quiet" busy={isAsking} onClick={() => void takeOwn()}>
          <LocateFixed aria-hidden />
          {t('takeOwn')}
        </Button>
      </div>
      <p className="text-sm text-ink-muted">{t('hint')}</p>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t('latitude')}>
          <Input
            name="latitude"
            {...degrees(90)}
            required={longitude !== ''}
            value={latitude}
            onChange={({ target }) => setLatitude(target.value)}
          />
        </Field>
        <Field label={t('longitude')}>
          <Input
            name="longitude"
            {...degrees(180)}
            required={latitude !== ''}
            value={longitude}
            onChange={({ target }) => setLongitude(target.value)}
          />
        </Field>
        <Field label={t('radius')}>
          <Input
            name="radiusMetres"
            type="number"
            required
            min={25}
            max={2000}
            defaultValue={location?.radiusMetres ?? USUAL_RADIUS_METRES}
          />
        </Field>
      </div>
      {told && (
        <p role="status" className="text-sm">
          {typeof told === 'string' ? t(`no.${told}`) : t('taken', { accuracy: told.accuracy })}
        </p>
      )}
    </fieldset>
  )
}
