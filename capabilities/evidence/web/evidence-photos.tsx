'use client'
import { useRefusedPhotos } from '@opsflow/platform/client/files/use-photos'
import { useViewer } from '@opsflow/platform/client/viewer'
import { PhotoStrip } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import type { Evidence } from '../evidence.ts'
import { isMissing } from '../standing.ts'
import { RetakePhoto } from './retake-photo.tsx'

/** What was drawn on a photo stands before it: it says what is to be seen. */
function withDrawings(items: readonly Evidence[]): Evidence[] {
  const files = new Set(items.map(({ fileId }) => fileId))
  return items
    .filter(({ annotates }) => !annotates || !files.has(annotates))
    .flatMap((item) => [...items.filter(({ annotates }) => annotates === item.fileId), item])
}

/** What proves one step or reading, with who took it and when. */
export function EvidencePhotos({ items }: { items: readonly Evidence[] }) {
  const t = useTranslations('evidence')
  const format = useFormatter()
  const { organizationId } = useViewer()
  const refused = useRefusedPhotos()
  const standing = items.filter(({ replacedBy }) => !replacedBy)
  const toRetake = refused.filter(({ id }) => standing.some((item) => item.fileId === id && isMissing(item)))
  const photos = (
    <PhotoStrip
      label={t('photos')}
      photos={withDrawings(standing).map((item) => ({
        id: item.fileId,
        organizationId,
        hasArrived: item.arrivedAt !== null,
        isWaived: item.waivedAt !== null,
        alt: t(item.annotates ? 'drawn' : 'taken', {
          by: item.namedBy?.name ?? t('someone'),
          at: format.dateTime(new Date(item.capturedAt ?? item.namedAt), { dateStyle: 'medium', timeStyle: 'short' }),
        }),
      }))}
    />
  )
  if (toRetake.length === 0) return photos
  return (
    <div className="grid gap-2">
      {photos}
      {toRetake.map((photo) => (
        <RetakePhoto key={photo.id} photo={photo} isSaid />
      ))}
    </div>
  )
}
