'use client'
import { useLocalPhoto } from '@opsflow/platform/client/files/use-photos'
import { CloudDownload, CloudUpload, ImageOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from '../classes.ts'

export type ShownPhoto = {
  id: string
  organizationId: string
  /** Where it lies, when not with the photos of records. */
  src?: string
  /** What a reader is told that it shows: who took it, and when. */
  alt: string
  /** The server has it. */
  hasArrived: boolean
  /** It has not come, and someone decided to do without it. */
  isWaived?: boolean
}

/** From this device while its bytes are here, then from the server; otherwise what became of it. */
export function PhotoImage({
  photo,
  variant,
  className,
}: {
  photo: ShownPhoto
  variant: 'full' | 'thumbnail'
  className?: string
}) {
  const t = useTranslations('ui.photos')
  const local = useLocalPhoto(photo.id)
  const [failed, setFailed] = useState<string>()
  const src = photo.src ?? local ?? (photo.hasArrived ? addressOf(photo, variant) : undefined)
  if (src && src !== failed) {
    return <img src={src} alt={photo.alt} className={className} onError={() => setFailed(src)} />
  }
  const word = wordFor(photo)
  const Icon = icons[word]
  return (
    <span
      className={cx(
        'flex flex-col items-center justify-center gap-1 bg-sunken p-1 text-center text-xs leading-tight text-ink-muted',
        className,
      )}
    >
      <Icon aria-hidden className="size-5 shrink-0" />
      {t(word)}
    </span>
  )
}

const icons = { onItsWay: CloudUpload, doneWithout: ImageOff, broken: ImageOff, whenOnline: CloudDownload }

function wordFor({ hasArrived, isWaived }: ShownPhoto): keyof typeof icons {
  if (!hasArrived) return isWaived ? 'doneWithout' : 'onItsWay'
  return navigator.onLine ? 'broken' : 'whenOnline'
}

const addressOf = ({ id, organizationId }: ShownPhoto, variant: string) =>
  `/api/v1/files/${id}?${new URLSearchParams({ variant, organizationId })}`

export const thumbClass = 'size-22 shrink-0 rounded-lg border border-line-strong/40 object-cover'
