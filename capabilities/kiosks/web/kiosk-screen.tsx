'use client'
import { Unreachable } from '@opsflow/platform/client/api'
import { EmptyState, ErrorState, Skeleton, usePreferences } from '@opsflow/platform/web'
import { Lock, ShieldAlert } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useTablet } from '../client/index.ts'
import type { Tablet } from '../kiosk.ts'
import { EnrolForm } from './enrol-form.tsx'
import { type BoardOf, Seats } from './seats.tsx'

/** A shared tablet, from the moment it is none to the moment it is wiped. `board` keeps live what is worked on. */
export function KioskScreen({ board }: { board: BoardOf }) {
  const tablet = useTablet()
  useKitchen()
  if (tablet.data) {
    const offline = tablet.error instanceof Unreachable
    return <AsItStands tablet={tablet.data} answeredAt={tablet.dataUpdatedAt} board={board} offline={offline} />
  }
  if (tablet.isPending) return <Skeleton className="m-8 h-48 rounded-xl" />
  return <ErrorState error={tablet.error} onRetry={tablet.refetch} />
}

type Standing = { tablet: Tablet; answeredAt: number; board: BoardOf; offline: boolean }

function AsItStands({ tablet, answeredAt, board, offline }: Standing) {
  const t = useTranslations('kiosks.tablet')
  const format = useFormatter()
  useForgetting(tablet.state === 'wiped')
  if (tablet.state === 'unknown') return <EnrolForm title={t('enrolTitle')} text={t('enrolText')} />
  if (tablet.state === 'wiped') return <EnrolForm title={t('wipedTitle')} text={t('wipedText')} />
  if (tablet.state === 'locked') {
    return (
      <Closed icon={<Lock aria-hidden />} title={t('lockedTitle')} place={tablet}>
        {t('lockedText')}
      </Closed>
    )
  }
  if (tablet.state === 'guarded') {
    const until = new Date(tablet.guardedUntil ?? 0)
    return (
      <Closed icon={<ShieldAlert aria-hidden />} title={t('guardedTitle')} place={tablet}>
        {t('guardedText', { time: format.dateTime(until, { hour: 'numeric', minute: '2-digit' }) })}
      </Closed>
    )
  }
  return <Seats tablet={tablet} answeredAt={answeredAt} board={board} offline={offline} />
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

/** The server's Clear-Site-Data clears what the browser keeps; this also holds where a browser does not know it. */
function useForgetting(isWiped: boolean) {
  useEffect(() => {
    if (isWiped) void forgetEverything()
  }, [isWiped])
}

async function forgetEverything() {
  localStorage.clear()
  sessionStorage.clear()
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name)
  for (const { name } of (await indexedDB.databases?.()) ?? []) if (name) indexedDB.deleteDatabase(name)
}
