'use client'
import { usePhotoField } from '@opsflow/platform/client/files/use-photos'
import { useMended } from '@opsflow/platform/client/sync/mended'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  Field,
  Input,
  Keypad,
  NoPermission,
  PageHeader,
  PhotoField,
  SkeletonRows,
  Temperature,
  useToast,
} from '@opsflow/platform/web'
import { Check, ChevronRight, Refrigerator } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useBoard, useRecordTemperature } from '../client/index.ts'
import type { UnitState } from '../records.ts'
import { parseTemperature } from '../value.ts'
import { unreadable } from './recheck-form.tsx'
import { RefusalText } from './refusal-text.tsx'
import { UnitStatus } from './unit-status.tsx'

/** From open to logged in two taps and a number. Out of its limit, it leads into the corrective action. */
export function LogScreen({
  locationId,
  unitId,
  onNavigate,
}: {
  locationId: string | undefined
  unitId: string | undefined
  onNavigate: (href: string) => void
}) {
  const t = useTranslations('temperature.log')
  const viewer = useViewer()
  const { snapshot, error, refresh } = useBoard()
  const [logged, setLogged] = useState<ReadonlySet<string>>(new Set())
  if (!viewer.can('temperature.record', locationId)) return <NoPermission />
  if (!snapshot) return error ? <ErrorState error={error} onRetry={refresh} /> : <SkeletonRows rows={6} />
  const unit = snapshot.units.find((one) => one.unitId === unitId)
  const units = snapshot.units.filter((one) => !locationId || one.locationId === locationId)

  return (
    <>
      <PageHeader
        back={unit ? { href: choice, label: t('other') } : { href: '/temperature', label: t('back') }}
        title={unit ? unit.name : t('title')}
        text={unit ? t('limit', { limit: unit.limitText || t('none') }) : t('choose')}
      />
      {unit ? (
        <Entry
          key={unit.unitId}
          unit={unit}
          onDone={() => {
            setLogged((before) => new Set(before).add(unit.unitId))
            onNavigate(choice)
          }}
          onNavigate={onNavigate}
        />
      ) : (
        <UnitChoice units={units} logged={logged} onChoose={(id) => onNavigate(`${choice}?unit=${id}`)} />
      )}
    </>
  )
}

const choice = '/temperature/log'

function UnitChoice({
  units,
  logged,
  onChoose,
}: {
  units: readonly UnitState[]
  logged: ReadonlySet<string>
  onChoose: (unitId: string) => void
}) {
  const t = useTranslations('temperature')
  const viewer = useViewer()
  const [sought, setSought] = useState('')
  const placeOf = (id: string) => viewer.locations.find((location) => location.id === id)?.name
  const shown = units.filter((unit) =>
    `${unit.name} ${placeOf(unit.locationId)}`.toLowerCase().includes(sought.trim().toLowerCase()),
  )
  if (units.length === 0) return <EmptyState icon={<Refrigerator aria-hidden />} title={t('board.empty')} />
  return (
    <>
      {units.length > 12 && (
        <Input
          type="search"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          placeholder={t('board.find')}
          aria-label={t('board.find')}
          className="mb-4 max-w-sm"
        />
      )}
      <ul className="grid gap-2.5 sm:grid-cols-2 xl:grid-cols-3">
        {shown.map((unit) => (
          <li key={unit.unitId}>
            <button
              type="button"
              onClick={() => onChoose(unit.unitId)}
              className="flex min-h-[4.5rem] w-full items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3 text-start shadow-card transition-colors hover:border-line-strong hover:bg-sunken"
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate text-[0.9375rem] font-medium">{unit.name}</span>
                <span className="block truncate text-sm text-ink-muted">
                  {viewer.locations.length > 1 ? placeOf(unit.locationId) : t(`kinds.${unit.kind}`)}
                  {unit.limitText && (
                    <>
                      {' · '}
                      <bdi dir="ltr">{unit.limitText}</bdi>
                    </>
                  )}
                </span>
              </span>
              {logged.has(unit.unitId) ? (
                <Check aria-label={t('log.logged')} className="size-5 text-ok" />
              ) : (
                unit.status !== 'ok' && <UnitStatus status={unit.status} isCompliant={unit.isCompliant} />
              )}
              <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-muted rtl:rotate-180" />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function Entry({
  unit: state,
  onDone,
  onNavigate,
}: {
  unit: UnitState
  onDone: () => void
  onNavigate: (href: string) => void
}) {
  const t = useTranslations('temperature')
  const toast = useToast()
  const viewer = useViewer()
  const place = viewer.locations.find((location) => location.id === state.locationId)
  const record = useRecordTemperature()
  const reading = useRef<string>(undefined)
  const typed = useMended('temperature.record')?.args as
    | Partial<{ value: string; unit: 'F' | 'C'; note: string }>
    | undefined
  const [text, setText] = useState(typed?.value ?? '')
  const [unit, setUnit] = useState(typed?.unit ?? place?.temperatureUnit ?? 'F')
  const [note, setNote] = useState(typed?.note ?? '')
  const [wrong, setWrong] = useState<string>()
  const photos = usePhotoField(`reading ${state.unitId}`, state.locationId)

  async function submit() {
    const read = parseTemperature(text, unit)
    if (!read.ok) return setWrong(t(`unreadable.${unreadable(read.code)}`))
    reading.current ??= crypto.randomUUID()
    const named = await photos.release()
    if (!named) return
    record.mutate(
      { id: reading.current, unitId: state.unitId, value: read.value.text, unit, note, ...named },
      {
        onSuccess(log) {
          if (log.correctiveActionId && log.correctiveActionRequired) {
            return onNavigate(`/corrective-actions/one?id=${log.correctiveActionId}`)
          }
          toast({
            message: t.rich('log.recorded', { unit: state.name, value: () => <Temperature value={read.value} /> }),
          })
          onDone()
        },
      },
    )
  }

  return (
    <Card className="mx-auto grid max-w-md gap-4 p-4 sm:p-6">
      <Keypad
        label={t('log.temperature')}
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
      {record.error && <RefusalText error={record.error} />}
      <Button
        look="primary"
        className="min-h-14 text-base"
        disabled={text === ''}
        busy={record.isPending}
        onClick={submit}
      >
        {t('log.save')}
      </Button>
      <Field label={t('action.note')} optional={t('optional')}>
        <Input value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {viewer.can('evidence.add', state.locationId) && (
        <PhotoField field={photos} organizationId={viewer.organizationId} gallery={!viewer.isShared} />
      )}
    </Card>
  )
}
