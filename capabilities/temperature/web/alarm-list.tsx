'use client'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ButtonLink,
  DoubtfulTime,
  EmptyState,
  Link,
  RelativeTime,
  StatusBadge,
  UnsentMark,
  useErrorText,
  useToast,
} from '@opsflow/platform/web'
import { BellOff, Eye, Unplug, WifiOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useAcknowledge } from '../client/index.ts'
import type { Alarm } from '../records.ts'
import { entities } from '../sync-entities.ts'
import { PlaceTemperature } from './place-temperature.tsx'

/** Alarms as rows: what, where, since when, who looks after it, and the one next step. */
export function AlarmList({ alarms }: { alarms: readonly Alarm[] }) {
  const t = useTranslations('temperature.alarm')
  if (alarms.length === 0) {
    return (
      <EmptyState compact icon={<BellOff aria-hidden />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <ul className="divide-y divide-line">
      {alarms.map((alarm) => (
        <AlarmRow key={alarm.id} alarm={alarm} />
      ))}
    </ul>
  )
}

function AlarmRow({ alarm }: { alarm: Alarm }) {
  const t = useTranslations('temperature.alarm')
  const viewer = useViewer()
  const isUnsent = useUnsentIds(entities.alarm).has(alarm.id)
  const place =
    viewer.locations.length > 1 && viewer.locations.find((location) => location.id === alarm.locationId)?.name
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2.5 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-80">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link href={`/temperature/unit?id=${alarm.unitId}`} className="text-[0.9375rem] font-medium hover:underline">
            {alarm.unitName}
          </Link>
          <AlarmState alarm={alarm} />
          {isUnsent && <UnsentMark />}
        </p>
        <p className="dotted mt-1 flex flex-wrap text-sm text-ink-muted">
          {place && <span>{place}</span>}
          <span>
            {t(`kinds.${alarm.kind}`)}
            {alarm.value && alarm.kind === 'limit' && (
              <>
                {': '}
                <PlaceTemperature value={alarm.value} locationId={alarm.locationId} className="font-medium text-ink" />
              </>
            )}
          </span>
          <RelativeTime at={alarm.raisedAt} />
          {alarm.acknowledgedBy && (
            <span className="inline-flex items-center gap-1">
              <Eye aria-hidden className="size-3.5" />
              {alarm.acknowledgedBy.name}
            </span>
          )}
          {alarm.acknowledgedTimeQuality === 'doubtful' && <DoubtfulTime />}
        </p>
      </div>
      <NextStep alarm={alarm} />
    </li>
  )
}

function AlarmState({ alarm }: { alarm: Alarm }) {
  const t = useTranslations('temperature.alarm.states')
  if (alarm.closedAt) return <StatusBadge tone="neutral">{t('closed')}</StatusBadge>
  if (alarm.clearedAt) return <StatusBadge tone="ok">{t('cleared')}</StatusBadge>
  if (alarm.acknowledgedAt) return <StatusBadge tone="warn">{t('acknowledged')}</StatusBadge>
  if (alarm.kind === 'silent')
    return (
      <StatusBadge tone="neutral" icon={<WifiOff aria-hidden className="size-4" />}>
        {t('raised')}
      </StatusBadge>
    )
  if (alarm.kind === 'fault')
    return (
      <StatusBadge tone="info" icon={<Unplug aria-hidden className="size-4 text-info" />}>
        {t('raised')}
      </StatusBadge>
    )
  return <StatusBadge tone="danger">{t('raised')}</StatusBadge>
}

function NextStep({ alarm }: { alarm: Alarm }) {
  const t = useTranslations('temperature.alarm')
  const viewer = useViewer()
  const toast = useToast()
  const errorText = useErrorText()
  const acknowledge = useAcknowledge()
  const mayAcknowledge =
    !alarm.acknowledgedAt && !alarm.closedAt && viewer.can('temperature.acknowledge', alarm.locationId)
  return (
    <div className="flex gap-2">
      {mayAcknowledge && (
        <Button
          busy={acknowledge.isPending}
          onClick={() =>
            acknowledge.mutate(alarm.id, {
              onSuccess: () => toast({ message: t('acknowledged', { unit: alarm.unitName }) }),
              onError: (error) => toast({ message: errorText(error), tone: 'danger' }),
            })
          }
        >
          <Eye aria-hidden />
          {t('acknowledge')}
        </Button>
      )}
      {alarm.correctiveActionId && (
        <ButtonLink
          look={mayAcknowledge || alarm.closedAt ? 'quiet' : 'primary'}
          href={`/corrective-actions/one?id=${alarm.correctiveActionId}`}
        >
          {t(alarm.closedAt ? 'seeAction' : 'act')}
        </ButtonLink>
      )}
    </div>
  )
}
