'use client'
import { Dialog, EmptyState, ErrorState, RelativeTime, SkeletonRows, StatusBadge } from '@opsflow/platform/web'
import { CloudOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useVouchedWork } from '../client/index.ts'
import type { Kiosk, VouchedWork } from '../kiosk.ts'

/** What was done on a tablet without a network: nobody but the tablet has seen whose PIN it was. */
export function VouchedWorkDialog({ kiosk, open, onClose }: { kiosk: Kiosk; open: boolean; onClose: () => void }) {
  const t = useTranslations('kiosks.vouched')
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('title', { name: kiosk.name })}
      description={t('text')}
      place="sheet"
    >
      <VouchedList kioskId={kiosk.id} enabled={open} />
    </Dialog>
  )
}

function VouchedList({ kioskId, enabled }: { kioskId: string; enabled: boolean }) {
  const t = useTranslations('kiosks.vouched')
  const work = useVouchedWork(kioskId, enabled)
  if (work.isPending) return <SkeletonRows />
  if (work.isError) return <ErrorState compact error={work.error} onRetry={work.refetch} />
  if (work.data.items.length === 0) return <EmptyState compact icon={<CloudOff aria-hidden />} title={t('none')} />
  return (
    <ul className="divide-y divide-line rounded-xl border border-line">
      {work.data.items.map((item) => (
        <li key={item.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
          <span className="min-w-0 flex-1 basis-56">
            <span className="block font-medium">
              {item.member.name}: <Deed name={item.name} />
            </span>
            <span className="block text-sm text-ink-muted">
              <RelativeTime at={item.occurredAt} />
              {' · '}
              {t.rich('received', { time: () => <RelativeTime at={item.receivedAt} /> })}
            </span>
          </span>
          <Standing item={item} />
        </li>
      ))}
    </ul>
  )
}

/** `temperature.record`, in words; what this app does not know yet, by its name. */
function Deed({ name }: { name: string }) {
  const t = useTranslations('kiosks.vouched.did')
  const [capability, deed] = name.split('.')
  return t.has(`${capability}.${deed}`) ? t(`${capability}.${deed}`) : name
}

function Standing({ item }: { item: VouchedWork }) {
  const t = useTranslations('kiosks.vouched')
  return (
    <span className="flex flex-wrap gap-2">
      {item.proved === 'outdated' && <StatusBadge tone="warn">{t('outdated')}</StatusBadge>}
      {item.outcome === 'quarantined' && <StatusBadge tone="warn">{t('quarantined')}</StatusBadge>}
      {item.timeQuality === 'doubtful' && <StatusBadge tone="warn">{t('doubtful')}</StatusBadge>}
    </span>
  )
}
