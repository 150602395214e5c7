'use client'
import { useWaitingPhotos } from '@opsflow/platform/client/files/use-photos'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../button.tsx'
import { Dialog } from '../dialog.tsx'
import { PhotoImage, type ShownPhoto, thumbClass } from './photo-thumb.tsx'

const wideClass = 'max-h-72 w-full max-w-lg rounded-xl border border-line-strong/40 object-cover'

/** Photos of a record, small (or one that is to be read, wide); one is opened large by a touch, the others from there. */
export function PhotoStrip({
  photos,
  label,
  look = 'small',
}: {
  photos: readonly ShownPhoto[]
  label: string
  look?: 'small' | 'wide'
}) {
  const t = useTranslations('ui.photos')
  const [open, setOpen] = useState<number>()
  const shown = open === undefined ? undefined : photos[open]
  if (photos.length === 0) return null
  const step = (by: number) => setOpen((at = 0) => (at + by + photos.length) % photos.length)
  return (
    <>
      <ul aria-label={label} className="flex flex-wrap gap-2">
        {photos.map((photo, at) => (
          <li key={photo.id}>
            <button
              type="button"
              aria-label={t('open', { number: at + 1, what: photo.alt })}
              onClick={() => setOpen(at)}
              className="block rounded-lg"
            >
              <PhotoImage photo={photo} variant="thumbnail" className={look === 'wide' ? wideClass : thumbClass} />
            </button>
            <Waiting id={photo.id} />
          </li>
        ))}
      </ul>
      <Dialog
        open={shown !== undefined}
        onClose={() => setOpen(undefined)}
        title={t('photo', { number: (open ?? 0) + 1, count: photos.length })}
        description={shown?.alt}
        place="top"
      >
        {shown && (
          <div className="grid gap-2">
            <PhotoImage
              photo={shown}
              variant="full"
              className="max-h-[60dvh] min-h-40 w-full rounded-lg bg-sunken object-contain"
            />
            {photos.length > 1 && (
              <div className="flex justify-between">
                <IconButton
                  label={t('previous')}
                  icon={<ChevronLeft aria-hidden className="rtl:rotate-180" />}
                  onClick={() => step(-1)}
                />
                <IconButton
                  label={t('next')}
                  icon={<ChevronRight aria-hidden className="rtl:rotate-180" />}
                  onClick={() => step(1)}
                />
              </div>
            )}
          </div>
        )}
      </Dialog>
    </>
  )
}

/** Of a photo that still lies on this device: how far it has got, or why it does not go. */
function Waiting({ id }: { id: string }) {
  const t = useTranslations('ui.photos')
  const { photos, trouble } = useWaitingPhotos()
  const photo = photos.find((one) => one.id === id)
  if (!photo) return null
  const percent = Math.round((photo.sentBytes / photo.size) * 100)
  return (
    <span className="mt-1 block w-22 text-xs leading-tight text-ink-muted">
      {photo.refusal ? t('refused') : trouble ? t(`trouble.${trouble}`) : t('sending', { percent })}
    </span>
  )
}
