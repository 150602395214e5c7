'use client'
import { type Seated, useSeat } from '@opsflow/platform/client/sync/seat'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Card, UnsentMark, useClock, useToast } from '@opsflow/platform/web'
import { UserCheck } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { DUTY, useDuties, useEndDuty, useUndoDuty } from '../client/index.ts'
import type { Duty } from '../on-duty.ts'
import type { Place } from './take-duty.tsx'

const TakeDuty = lazy(() => import('./take-duty.tsx'))
const EndDuty = lazy(() => import('./end-duty.tsx'))

/** More than these are a list nobody asked for: choose one. */
const MOST_PLACES = 4

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
          <TakeDuty place={taking} duty={duties.get(taking.id)} onClose={() => setTaking(undefined)} />
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
  const seat = useSeat()
  const isUnsent = useUnsentIds(DUTY).has(duty?.id ?? '')
  const [isEnding, setEnding] = useState(false)
  const { end, isPending } = useEnding(duty, () => setEnding(false))
  const leads = viewer.can('alerts.lead', place.id)
  const isMine = duty?.member.id === viewer.memberId
  const until = duty && format.dateTime(new Date(duty.endsAt), { timeStyle: 'short', timeZone: place.timezone })
  const label = isMine ? 'handOver' : duty ? 'takeOver' : 'take'
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 sm:px-5">
      <UserCheck aria-hidden className="size-5 shrink-0 text-ink-muted" />
      <p className="min-w-0 flex-1 basis-56 text-[0.9375rem] text-pretty">
        <span className="block text-sm text-ink-muted">
          {isNamed ? t('titleAt', { place: place.name }) : t('title')}
        </span>
        {duty ? t(isMine ? 'you' : 'someone', { name: duty.member.name, until: until ?? '' }) : t('nobody')}
        {duty?.givenBy && (
          <span className="block text-sm text-ink-muted">{t('givenBy', { name: duty.givenBy.name })}</span>
        )}
      </p>
      {isUnsent && <UnsentMark />}
      {duty && (isMine || leads) && (
        <Button look="quiet" busy={isPending} onClick={() => (seat ? setEnding(true) : end())}>
          {t('end')}
        </Button>
      )}
      {leads && !(seat && isMine) && <Button onClick={onTake}>{t(label)}</Button>}
      {isEnding && (
        <Suspense>
          <EndDuty place={place.name} busy={isPending} onSign={end} onClose={() => setEnding(false)} />
        </Suspense>
      )}
    </li>
  )
}

function useEnding(duty: Duty | undefined, onDone: () => void) {
  const t = useTranslations('alerts.duty')
  const toast = useToast()
  const ending = useEndDuty()
  const undo = useUndoDuty()
  const end = (signedBy?: Seated) => {
    if (!duty) return
    const { id, member } = duty
    ending.mutate(
      { id, signedBy },
      {
        onSuccess: () => {
          onDone()
          toast({
            message: t('ended', { name: member.name }),
            undo: () =>
              undo.mutate({ id, undoes: 'end' }, { onError: () => toast({ message: t('tooLate'), tone: 'danger' }) }),
          })
        },
        onError: () => toast({ message: t('notDone'), tone: 'danger' }),
      },
    )
  }
  return { end, isPending: ending.isPending }
}
