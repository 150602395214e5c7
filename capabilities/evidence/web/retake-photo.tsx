'use client'
import type { PhotoState } from '@opsflow/platform/client/files/photo-outbox'
import { Button } from '@opsflow/platform/web'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'

const Retake = lazy(() => import('./retake.tsx'))

/** Takes another photo in the place of one that was not kept; its record waits for that one then. */
export function RetakePhoto({ photo, look = 'primary' }: { photo: PhotoState; look?: 'primary' | 'secondary' }) {
  const t = useTranslations('evidence.retake')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button look={look} onClick={() => setOpen(true)}>
        {t('take')}
      </Button>
      {isOpen && (
        <Suspense>
          <Retake photo={photo} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
