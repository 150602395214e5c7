'use client'
import { useLostPhotos } from '@opsflow/platform/client/files/use-photos'
import { useReplica, useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { Banner, Button, RelativeTime } from '@opsflow/platform/web'
import { CloudAlert, Store, WifiOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useScope } from '../shell/session.ts'
import { SignedOut } from '../shell/signed-out.tsx'

/** What stands between this device and the server, and what still works meanwhile. Silent while nothing does. */
export function SyncBanner() {
  const t = useTranslations('app.unsent.banner')
  const replica = useReplica()
  const { trouble, connection, heardAt, unsent, lost, part } = useSyncStatus()
  const place = useScope()
  const photos = useLostPhotos()
  if (trouble === 'signed_out') return <SignedOut />
  if (trouble === 'lost' || (!trouble && photos.lost > 0)) {
    const understood = () => {
      photos.understood()
      if (lost > 0) void replica?.forgetLost()
    }
    return (
      <Banner
        tone="danger"
        icon={<CloudAlert aria-hidden />}
        action={<Button onClick={understood}>{t('lost.understood')}</Button>}
      >
        <strong className="font-medium">{t('lost.title')}</strong> {lost > 0 && t('lost.text', { count: lost })}{' '}
        {photos.lost > 0 && t('lost.photos', { count: photos.lost })} {t('lost.rest')}
      </Banner>
    )
  }
  if (trouble) {
    return (
      <Banner tone={trouble === 'outdated' ? 'warn' : 'danger'} icon={<CloudAlert aria-hidden />}>
        <strong className="font-medium">{t(`${trouble}.title`)}</strong> {t(`${trouble}.text`, { count: unsent })}
      </Banner>
    )
  }
  if (connection !== 'offline') return part && !place ? <PartOfAll {...part} /> : null
  return (
    <Banner tone="warn" icon={<WifiOff aria-hidden />}>
      <strong className="font-medium">{t('offline')}</strong> {t('offlineText')}{' '}
      {heardAt !== undefined && (
        <span className="text-ink-muted">{t.rich('asOf', { time: () => <RelativeTime at={heardAt} /> })}</span>
      )}
    </Banner>
  )
}

/** More places than a device holds: what the screens count and list is of these. */
function PartOfAll({ held, of }: { held: number; of: number }) {
  const t = useTranslations('app.unsent.banner')
  return (
    <Banner tone="warn" icon={<Store aria-hidden />}>
      {t('part', { held, of })}
    </Banner>
  )
}
