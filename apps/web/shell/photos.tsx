'use client'
import type { PhotoOutbox } from '@opsflow/platform/client/files/photo-outbox'
import { PhotosProvider } from '@opsflow/platform/client/files/use-photos'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'

/**
 * The photos that wait on this device: of a person in an organization, or of a shared tablet. Opened after the page
 * stands; where the browser keeps nothing (no https), there is no camera field and everything else works.
 */
export function Photos({
  organizationId,
  holder,
  children,
}: {
  organizationId: string | undefined
  holder: string | undefined
  children: ReactNode
}) {
  const queries = useQueryClient()
  const [outbox, setOutbox] = useState<PhotoOutbox>()
  useEffect(() => {
    if (!organizationId || !holder || !isSecureContext) return
    let isGone = false
    let opened: PhotoOutbox | undefined
    const arrived = () => void queries.invalidateQueries({ queryKey: ['evidence'] })
    import('@opsflow/platform/client/files/browser-photo-outbox')
      .then(({ openBrowserPhotoOutbox }) => openBrowserPhotoOutbox({ organizationId, holder }, arrived))
      .then(
        (outbox) => {
          opened = outbox
          if (isGone) outbox.close()
          else setOutbox(outbox)
        },
        (error: unknown) => console.warn('Photos cannot be kept here.', error),
      )
    return () => {
      isGone = true
      setOutbox(undefined)
      opened?.close()
    }
  }, [organizationId, holder, queries])
  return <PhotosProvider value={outbox}>{children}</PhotosProvider>
}
