'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Card, useClock, useToast } from '@opsflow/platform/web'
import { UserCheck } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useDuties, useEndDuty } from '../client/index.ts'
import type { Duty } from '../on-duty.ts'

const TakeDuty = lazy(() => import('./take-duty.tsx'))

/** More than these are a list nobody asked for: choose one. */
const MOST_PLACES = 4

type Place = { id: string; name: string; timezone: string }

/** Who is told of the managers, at the place that is chosen or at each of a few; one tap to be it. */
export default function DutyPanel({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('alerts.duty')
  const viewer = useViewer()
  const duties = useDuties(useClock())
  const [taking, setTaking] = useState<Place>()
  const places = viewer.locations.filter(
    ({ id }) => (locationId === undefined || id === locationId) && viewer.can('alerts.read', id),
  )
  if (places.length === 0 || places.length > MOST_PLACES) return null
  return (
    <Card className="mt-3">
      <ul className="divide-y divide-line" aria-label={t('title')}>
        {places.map((place) => (
          <OnDuty
            key={place.id}
            place={place}
            isNamed={places.length > 1}
            duty={duties.get(place.id)}
            onTake={() => setTaking(place)}
          />
        ))}
      </ul>
      {taking && (
        <Suspense>
          <TakeDuty place={taking} onClose={() => setTaking(undefined)} />
        </Suspense>
      )}
    </Card>
  )
}

type Props = { place: Place; isNamed: boolean; duty: Duty | undefined; onTake: () => void }

function OnDuty({ place, isNamed, duty, onTake }: Props) {
  const t = useTranslations('alerts.duty')
  const format = useFormatter()
  const viewer = useViewer()
  const toast = useToast()
  const end = useEndDuty()
  const leads = viewer.can('alerts.lead', place.id)
  const isMine = duty?.member.id === viewer.memberId
  const until = duty && format.dateTime(new Date(duty.endsAt), { timeStyle: 'short', timeZone: place.timezone })
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 sm:px-5">
      <UserCheck aria-hidden className="size-5 shrink-0 text-ink-muted" />
      <p className="min-w-0 flex-1 basis-56 text-[0.9375rem] text-pretty">
        <span className="block text-sm text-ink-muted">
          {isNamed ? t('titleAt', { place: place.name }) : t('title')}
        </span>
        {duty ? t(isMine ? 'you' : 'someone', { name: duty.member.name, until: until ?? '' }) : t('nobody')}
      </p>
      {duty && (isMine || leads) && (
        <Button
          look="quiet"
          busy={end.isPending}
          onClick={() =>
            end.mutate({ id: duty.id }, { onError: () => toast({ message: t('notDone'), tone: 'danger' }) })
          }
        >
          {t('end')}
        </Button>
      )}
      {leads && !isMine && <Button onClick={onTake}>{t(duty ? 'takeOver' : 'take')}</Button>}
    </li>
  )
}
