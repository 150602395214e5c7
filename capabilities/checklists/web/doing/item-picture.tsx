'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { PhotoStrip } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'

/** The picture that goes with an instruction: small, and large by a touch. */
export function ItemPicture({ picture, label }: { picture: { id: string }; label: string }) {
  const t = useTranslations('doing.step')
  const { organizationId } = useViewer()
  return (
    <PhotoStrip
      label={t('picture')}
      photos={[{ id: picture.id, organizationId, alt: t('pictureOf', { item: label }), hasArrived: true }]}
    />
  )
}
