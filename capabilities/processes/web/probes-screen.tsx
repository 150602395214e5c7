'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  Card,
  Dialog,
  EmptyState,
  Field,
  Input,
  Moment,
  NoPermission,
  PageHeader,
  RelativeTime,
  SkeletonRows,
  StatusBadge,
  Temperature,
  type Tone,
  useToast,
} from '@opsflow/platform/web'
import { Gauge, MapPin, Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChangeProbe, useNow, useProbeRows, useRegisterProbe } from '../client/index.ts'
import type { Probe } from '../probe.ts'
import { calibrationDue, type ProbeStanding, probeStanding } from '../probe-standing.ts'
import { CalibrateDialog } from './calibrate-dialog.tsx'
import { RefusalText } from './refusal-text.tsx'

const tones: Record<ProbeStanding, Tone> = { current: 'ok', overdue: 'warn', failed: 'danger', never: 'warn' }

/** The thermometers of a location: which may be trusted, and when each is to be calibrated. */
export function ProbesScreen({ locationId, back }: { locationId: string | undefined; back?: string | undefined }) {
  const t = useTranslations('processes.probes')
  const viewer = useViewer()
  const [adding, setAdding] = useState(false)
  if (!viewer.can('processes.read', locationId)) return <NoPermission />
  const place = viewer.locations.find(({ id }) => id === locationId)
  return (
    <>
      <PageHeader
        {...(back && { back: { href: back, label: t('back') } })}
        title={t('title')}
        text={place ? t('text', { place: place.name }) : t('textAll')}
        actions={
          locationId &&
          viewer.can('processes.probes', locationId) && (
            <Button look="primary" onClick={() => setAdding(true)}>
              <Plus aria-hidden />
              {t('add')}
            </Button>
          )
        }
      />
      {locationId ? (
        <Register locationId={locationId} />
      ) : (
        <EmptyState icon={<MapPin aria-hidden />} title={t('whichPlace')}>
          {t('whichPlaceText')}
        </EmptyState>
      )}
      {locationId && <ProbeDialog open={adding} locationId={locationId} onClose={() => setAdding(false)} />}
    </>
  )
}

function Register({ locationId }: { locationId: string }) {
  const t = useTranslations('processes.probes')
  const { isReady } = useSyncStatus()
  const probes = useProbeRows(locationId)
  const now = useNow()
  if (probes.length === 0 && !isReady) return <SkeletonRows rows={3} />
  if (probes.length === 0) {
    return (
      <EmptyState icon={<Gauge aria-hidden />} title={t('none')}>
        {t('noneText')}
      </EmptyState>
    )
  }
  return (
    <ul className="grid gap-3 md:grid-cols-2">
      {probes.map((probe) => (
        <ProbeCard key={probe.id} probe={probe} now={now} />
      ))}
    </ul>
  )
}

function ProbeCard({ probe, now }: { probe: Probe; now: number }) {
  const t = useTranslations('processes.probes')
  const viewer = useViewer()
  const change = useChangeProbe(probe.id)
  const [calibrating, setCalibrating] = useState(false)
  const standing = probeStanding(probe, now)
  const due = calibrationDue(probe, now)
  const last = probe.calibrations[0]
  return (
    <Card className="grid content-start gap-3 p-4 sm:p-5" role="listitem">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-lg font-semibold">{probe.name}</h2>
          {probe.serial && <p className="text-sm text-ink-muted">{probe.serial}</p>}
        </div>
        <StatusBadge tone={tones[standing]}>{t(`standings.${standing}`)}</StatusBadge>
      </div>
      <p className="text-sm">
        {due === null ? (
          t('dueNow')
        ) : (
          <>
            {t('due')} <RelativeTime at={due} />
          </>
        )}
        <span className="text-ink-muted"> · {t('everyDays', { count: probe.everyDays })}</span>
      </p>
      {last && (
        <p className="dotted flex flex-wrap text-sm text-ink-muted">
          <span>{t(`methods.${last.method}`)}</span>
          <Temperature value={last.value} />
          <span>
            {t('expected')} <Temperature value={{ milli: last.expectedMilli, unit: last.value.unit }} />
          </span>
          <Moment at={last.at} />
          {last.by && <span>{last.by.name}</span>}
        </p>
      )}
      {change.error && <RefusalText error={change.error} />}
      <div className="flex flex-wrap gap-2">
        {viewer.can('processes.run', probe.locationId) && (
          <Button look="primary" className="flex-1" onClick={() => setCalibrating(true)}>
            {t('calibrate')}
          </Button>
        )}
        {viewer.can('processes.probes', probe.locationId) && (
          <Button look="quiet" busy={change.isPending} onClick={() => change.mutate({ retired: true })}>
            {t('retire')}
          </Button>
        )}
      </div>
      {calibrating && <CalibrateDialog probe={probe} onClose={() => setCalibrating(false)} />}
    </Card>
  )
}

function ProbeDialog({ open, locationId, onClose }: { open: boolean; locationId: string; onClose: () => void }) {
  const t = useTranslations('processes.probes')
  const toast = useToast()
  const register = useRegisterProbe()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name)).trim()
    register.mutate(
      { locationId, name: text('name'), serial: text('serial'), everyDays: Number(text('everyDays')) },
      {
        onSuccess({ name }) {
          toast({ message: t('added', { name }) })
          onClose()
        },
      },
    )
  }

  return (
    <Dialog open={open} onClose={onClose} title={t('add')}>
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('name')} hint={t('nameHint')}>
          <Input name="name" required maxLength={60} />
        </Field>
        <Field label={t('serial')} optional={t('optional')}>
          <Input name="serial" maxLength={60} />
        </Field>
        <Field label={t('every')}>
          <Input name="everyDays" type="number" min={1} max={366} required defaultValue={7} />
        </Field>
        {register.error && <RefusalText error={register.error} />}
        <Button look="primary" type="submit" busy={register.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  )
}
