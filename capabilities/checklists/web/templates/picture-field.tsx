'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, PhotoStrip, PickPicture, takePicture } from '@opsflow/platform/web'
import { ImagePlus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useAddPicture } from '../../client/index.ts'
import type { Item } from '../../item.ts'
import { usePicture } from '../kept-pictures.ts'

type Picture = Item['picture']
type Trouble = 'unreadable' | 'notSent' | 'noRoom'

/** What it should look like, or how it is done. Made small here; it goes to the server at once, the draft names it. */
export function PictureField({ value, onChange }: { value: Picture; onChange: (picture: Picture) => void }) {
  const t = useTranslations('templates.picture')
  const adding = useAddPicture()
  const [isWorking, setWorking] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()

  async function take([file]: readonly File[]) {
    if (!file) return
    setTrouble(undefined)
    setWorking(true)
    try {
      const picture = await takePicture(file).catch(() => setTrouble('unreadable'))
      if (picture) onChange(await adding.mutateAsync(picture))
    } catch (error) {
      setTrouble((error as { code?: string }).code === 'files.quota_full' ? 'noRoom' : 'notSent')
    } finally {
      setWorking(false)
    }
  }

  return (
    <div className="grid justify-items-start gap-2">
      <p className="text-sm font-medium">{t('title')}</p>
      {value && <Shown id={value.id} />}
      <div className="flex flex-wrap gap-2">
        <PickPicture busy={isWorking} single icon={<ImagePlus aria-hidden />} onPick={(files) => void take(files)}>
          {t(isWorking ? 'working' : value ? 'another' : 'add')}
        </PickPicture>
        {value && !isWorking && (
          <Button look="quiet" onClick={() => onChange(null)}>
            <X aria-hidden />
            {t('remove')}
          </Button>
        )}
      </div>
      {trouble && (
        <p role="alert" className="text-sm font-medium text-danger">
          {t(trouble)}
        </p>
      )}
    </div>
  )
}

function Shown({ id }: { id: string }) {
  const t = useTranslations('templates.picture')
  const { organizationId } = useViewer()
  const src = usePicture(organizationId, id)
  if (!src) return null
  return <PhotoStrip label={t('title')} photos={[{ id, organizationId, alt: t('alt'), hasArrived: true, src }]} />
}
