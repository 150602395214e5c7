'use client'
import type { PhotoState } from '@opsflow/platform/client/files/photo-outbox'
import { usePhotoField } from '@opsflow/platform/client/files/use-photos'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, PhotoField } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useReplacePhoto } from '../../client/replace-photo.ts'

/** Another photo, on this device before its record names it. */
export default function Retake({ photo, onClose }: { photo: PhotoState; onClose: () => void }) {
  const t = useTranslations('retake')
  const { organizationId, isShared } = useViewer()
  const field = usePhotoField(`retake ${photo.id}`, photo.locationId)
  const replace = useReplacePhoto(photo.id)
  const use = async () => {
    const released = await field.release()
    const [taken] = released?.photos ?? []
    if (taken) await replace.mutateAsync(taken).then(onClose, () => undefined)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title')}
      description={t('text')}
      footer={
        <>
          <Button onClick={onClose}>{t('notNow')}</Button>
          <Button
            look="primary"
            busy={replace.isPending}
            disabled={field.photos.length === 0}
            onClick={() => void use()}
          >
            {t('use')}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <PhotoField field={field} organizationId={organizationId} most={1} atLeast={1} gallery={!isShared} />
        {replace.error && (
          <p role="alert" className="text-sm font-medium text-danger">
            {t('failed')}
          </p>
        )}
      </div>
    </Dialog>
  )
}
