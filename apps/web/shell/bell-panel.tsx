'use client'
import { useMatters } from '@opsflow/capabilities/alerts/client'
import { alertsMessages, MatterRows } from '@opsflow/capabilities/alerts/web'
import { ButtonLink, EmptyState, MoreWords, useClock } from '@opsflow/platform/web'
import { BellOff } from 'lucide-react'
import { useTranslations } from 'use-intl'

const SHOWN = 8

/** What waits for me, in short; the rest is in the inbox. */
export default function BellPanel({ onLeave }: { onLeave: () => void }) {
  return (
    <MoreWords of={alertsMessages}>
      <Mine onLeave={onLeave} />
    </MoreWords>
  )
}

function Mine({ onLeave }: { onLeave: () => void }) {
  const t = useTranslations('app.bell')
  const mine = useMatters({ view: 'mine' }, useClock())
  return (
    <div className="grid gap-3">
      {mine.length === 0 ? (
        <EmptyState compact icon={<BellOff aria-hidden />} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <div className="-mx-4 sm:-mx-5">
          <MatterRows matters={mine.slice(0, SHOWN)} onLeave={onLeave} />
        </div>
      )}
      <ButtonLink href="/inbox" onClick={onLeave}>
        {mine.length > SHOWN ? t('more', { count: mine.length - SHOWN }) : t('inbox')}
      </ButtonLink>
    </div>
  )
}
