'use client'
import { Button, PickPicture, takePicture } from '@opsflow/platform/web'
import { Camera, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'

type Props = { photo: Blob | undefined; onPhoto: (photo: Blob | undefined) => void }

/** A picture of it, made small here: place and camera do not leave the phone. */
export function FaultPhoto({ photo, onPhoto }: Props) {
  const t = useTranslations('taskPages.fault')
  const [state, setState] = useState<'idle' | 'working' | 'unreadable'>('idle')
  const isWorking = state === 'working'
  const url = useUrlOf(photo)
  async function take(file: File) {
    setState('working')
    try {
      onPhoto(await takePicture(file))
      setState('idle')
    } catch {
      setState('unreadable')
    }
  }
  if (photo && url) {
    return (
      <div className="flex items-center gap-3">
        <img src={url} alt={t('photoAlt')} className="size-20 rounded-lg border border-line object-cover" />
        <Button look="quiet" onClick={() => onPhoto(undefined)}>
          <X aria-hidden />
          {t('photoRemove')}
        </Button>
      </div>
    )
  }
  return (
    <div className="grid justify-items-start gap-2">
      <PickPicture single busy={isWorking} icon={<Camera aria-hidden />} onPick={([file]) => file && void take(file)}>
        {t(isWorking ? 'photoWorking' : 'photo')}
      </PickPicture>
      {state === 'unreadable' && (
        <p role="alert" className="text-sm font-medium text-danger">
          {t('photoUnreadable')}
        </p>
      )}
    </div>
  )
}

function useUrlOf(photo: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!photo) return setUrl(undefined)
    const made = URL.createObjectURL(photo)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [photo])
  return url
}
