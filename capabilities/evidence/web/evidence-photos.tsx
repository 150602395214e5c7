'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { PhotoStrip } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import type { Evidence } from '../evidence.ts'

/** What proves one step or reading, with who took it and when. */
export function EvidencePhotos({ items }: { items: readonly Evidence[] }) {
  const t = useTranslations('evidence')
  const format = useFormatter()
  const { organizationId } = useViewer()
  return (
    <PhotoStrip
      label={t('photos')}
      photos={items.map((item) => ({
        id: item.fileId,
        organizationId,
        hasArrived: item.arrivedAt !== null,
        isWaived: item.waivedAt !== null,
        alt: t('taken', {
          by: item.namedBy?.name ?? t('someone'),
          at: format.dateTime(new Date(item.capturedAt ?? item.namedAt), { dateStyle: 'medium', timeStyle: 'short' }),
        }),
      }))}
    />
  )
}
