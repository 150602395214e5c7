'use client'
import type { PhotoState } from '@opsflow/platform/client/files/photo-outbox'
import { Button, MoreWords } from '@opsflow/platform/web'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { messages } from './messages.ts'

const Retake = lazy(() => import('./retake.tsx'))

/** Takes another photo in the place of one that was not kept; its record waits for that one then. */
export default function RetakeButton({ photo, isSaid = false }: { photo: PhotoState; isSaid?: boolean }) {
  return (
    <MoreWords of={messages}>
      <Offer photo={photo} isSaid={isSaid} />
    </MoreWords>
  )
}

function Offer({ photo, isSaid }: { photo: PhotoState; isSaid: boolean }) {
  const t = useTranslations('retake')
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {isSaid && (
        <span role="status" className="text-sm font-medium text-danger">
          {t('refused')}
        </span>
      )}
      <Button look={isSaid ? 'secondary' : 'primary'} onClick={() => setOpen(true)}>
        {t('take')}
      </Button>
      {isOpen && (
        <Suspense>
          <Retake photo={photo} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
