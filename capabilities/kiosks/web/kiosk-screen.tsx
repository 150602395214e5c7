'use client'
import { EmptyState, ErrorState, Skeleton, usePreferences } from '@opsflow/platform/web'
import { Lock, ShieldAlert } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useTablet } from '../client/index.ts'
import type { Tablet } from '../kiosk.ts'
import { EnrolForm } from './enrol-form.tsx'
import { Leaving } from './leaving.tsx'
import type { TabletParts } from './parts.ts'
import { Seats } from './seats.tsx'

/** A shared tablet, from the moment it is none to the moment it is wiped; with a network and without. */
export function KioskScreen({ parts }: { parts: TabletParts }) {
  const tablet = useTablet()
  useKitchen()
  if (tablet.data) {
    const { data, dataUpdatedAt, isOffline } = tablet
    return <AsItStands tablet={data} answeredAt={dataUpdatedAt} parts={parts} offline={isOffline} />
  }
  if (tablet.isPending) return <Skeleton className="m-8 h-48 rounded-xl" />
  return <ErrorState error={tablet.error} onRetry={tablet.refetch} />
}

type Standing = { tablet: Tablet; answeredAt: number; parts: TabletParts; offline: boolean }

function AsItStands({ tablet, answeredAt, parts, offline }: Standing) {
  const t = useTranslations('kiosks.tablet')
  const format = useFormatter()
  if (tablet.state === 'unknown') return <EnrolForm title={t('enrolTitle')} text={t('enrolText')} />
  if (tablet.state === 'wiped') return <Leaving parts={parts} />
  if (tablet.state === 'locked') {
    return (
      <Closed icon={<Lock aria-hidden />} title={t('lockedTitle')} place={tablet}>
        {t('lockedText')}
      </Closed>
    )
  }
  const until = new Date(tablet.guardedUntil ?? 0)
  // Without a network nobody says that the time is over; from then on the tablet counts wrong PINs itself.
  if (tablet.state === 'guarded' && !(offline && until.getTime() < Date.now())) {
    return (
      <Closed icon={<ShieldAlert aria-hidden />} title={t('guardedTitle')} place={tablet}>
        {t('guardedText', { time: format.dateTime(until, { hour: 'numeric', minute: '2-digit' }) })}
      </Closed>
    )
  }
  const { kiosk, organization } = tablet
  const seats = <Seats tablet={tablet} answeredAt={answeredAt} parts={parts} offline={offline} />
  if (!kiosk || !organization) return seats
  return parts.replica({ organizationId: organization.id, kioskId: kiosk.id, name: kiosk.name }, seats)
}

function Closed({
  icon,
  title,
  place,
  children,
}: {
  icon: ReactNode
  title: string
  place: Tablet
  children: ReactNode
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center p-6">
      <EmptyState icon={icon} title={<span className="text-2xl">{title}</span>}>
        <p className="text-base">{children}</p>
        <p className="mt-6">
          {place.kiosk?.name} · {place.location?.name}
        </p>
      </EmptyState>
    </main>
  )
}

/** A tablet in a kitchen is laid out for one, whatever was chosen on the device, before or just now. */
function useKitchen() {
  const preferences = usePreferences()
  useEffect(() => {
    const page = document.documentElement
    page.dataset.density = 'kitchen'
    return () => {
      if (preferences.density === undefined) delete page.dataset.density
    }
  }, [preferences])
}
