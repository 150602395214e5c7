'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { PhotoStrip } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { usePicture } from '../kept-pictures.ts'

/** The picture that goes with an instruction: and larger by a touch. */
export function ItemPicture({ picture, label }: { picture: { id: string }; label: string }) {
  const t = useTranslations('doing.step')
  const { organizationId } = useViewer()
  const src = usePicture(organizationId, picture.id)
  if (!src) return <div className="h-40" />
  const alt = t('pictureOf', { item: label })
  const photo = { id: picture.id, organizationId, alt, hasArrived: true, src }
  return <PhotoStrip look="wide" label={t('picture')} photos={[photo]} />
}
