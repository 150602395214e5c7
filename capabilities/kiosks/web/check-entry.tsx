'use client'
import { parseTemperature } from '@opsflow/capabilities/temperature'
import { useBoard, useRecordTemperature } from '@opsflow/capabilities/temperature/client'
import { unreadable } from '@opsflow/capabilities/temperature/web'
import { usePhotoField } from '@opsflow/platform/client/files/use-photos'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Keypad, PhotoField, Temperature, useToast } from '@opsflow/platform/web'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { StaffMember } from '../kiosk.ts'
import { useRefusal } from './use-refusal.ts'

/** A number and one touch: the check is signed by whoever's PIN opened the tablet. */
export function CheckEntry({
  unitId,
  person,
  onSigned,
}: {
  unitId: string
  person: StaffMember
  /** With the corrective action it opened, when it is out of its limit. */
  onSigned: (correctiveActionId: string | null) => void
}) {
  const words = useTranslations('temperature')
  const t = useTranslations('kiosks.work')
  const toast = useToast()
  const refusal = useRefusal()
  const viewer = useViewer()
  const { snapshot } = useBoard()
  const record = useRecordTemperature()
  const reading = useRef<string>(undefined)
  const state = snapshot?.units.find((one) => one.unitId === unitId)
  const place = viewer.locations.find((location) => location.id === state?.locationId)
  const [text, setText] = useState('')
  const [unit, setUnit] = useState(place?.temperatureUnit ?? 'F')
  const [wrong, setWrong] = useState<string>()
  const photos = usePhotoField(`reading ${unitId} ${person.id}`, state?.locationId ?? '')
  if (!state) return null

  async function sign(name: string) {
    const read = parseTemperature(text, unit)
    if (!read.ok) return setWrong(words(`unreadable.${unreadable(read.code)}`))
    reading.current ??= crypto.randomUUID()
    const named = await photos.release()
    if (!named) return
    record.mutate(
      { id: reading.current, unitId, value: read.value.text, unit, ...named },
      {
        onSuccess(log) {
          const value = () => <Temperature value={read.value} />
          toast({ message: t.rich('signedToast', { unit: name, name: person.name, value }) })
          onSigned(log.correctiveActionRequired ? log.correctiveActionId : null)
        },
      },
    )
  }

  return (
    <div className="mx-auto grid max-w-md gap-4">
      <div>
        <h1 className="text-2xl font-semibold tracking-[-0.02em]">{state.name}</h1>
        {state.limitText && (
          <p className="text-ink-muted">{t.rich('limit', { limit: () => <bdi dir="ltr">{state.limitText}</bdi> })}</p>
        )}
      </div>
      <Keypad
        label={t('temperature')}
        value={text}
        onChange={(next) => {
          setText(next)
          setWrong(undefined)
          reading.current = undefined
        }}
        unit={unit}
        onUnitChange={setUnit}
        error={wrong ?? (record.error ? refusal(record.error) : undefined)}
        onEnter={() => sign(state.name)}
      />
      <Button
        look="primary"
        disabled={text === ''}
        busy={record.isPending}
        onClick={() => sign(state.name)}
        className="min-h-20 text-lg"
      >
        {t('sign')}
      </Button>
      {viewer.can('evidence.add', state.locationId) && (
        <PhotoField field={photos} organizationId={viewer.organizationId} gallery={false} />
      )}
    </div>
  )
}
