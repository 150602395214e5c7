'use client'
import { Button, KioskShell } from '@opsflow/platform/web'
import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useIdle } from '../client/index.ts'
import type { StaffMember, Tablet } from '../kiosk.ts'
import { LanguageButton } from './language.tsx'
import { Offline } from './offline.tsx'

const WARN_SECONDS = 30

/** Who works now, always in sight, with the way to end it; and how long the tablet stays open without a touch. */
export function SeatFrame({
  person,
  tablet,
  offline,
  unsent,
  onLock,
  children,
}: {
  person: StaffMember
  tablet: Tablet
  offline: boolean
  unsent: ReactNode
  onLock: () => void
  children: ReactNode
}) {
  const t = useTranslations('kiosks.tablet')
  const left = useIdle(tablet.idleSeconds, onLock)
  return (
    <KioskShell
      place={`${tablet.location?.name} · ${tablet.kiosk?.name}`}
      person={{ name: person.name }}
      navigation={[]}
      tools={
        <>
          {left <= WARN_SECONDS && (
            <span role="timer" className="px-2 font-medium text-warn tabular-nums">
              {t('locksIn', { seconds: left })}
            </span>
          )}
          {unsent}
          <LanguageButton memberId={person.id} />
          <Button
            look="primary"
            onClick={onLock}
            aria-label={t('lockFor', { name: person.name })}
            className="min-h-16 px-6 text-base"
          >
            <Lock aria-hidden />
            {t('lock')}
          </Button>
        </>
      }
    >
      {offline && (
        <div className="-mx-4 -mt-4 mb-4 sm:-mx-6 sm:-mt-6 sm:mb-6">
          <Offline>{t('offlineWork')}</Offline>
        </div>
      )}
      {children}
    </KioskShell>
  )
}
