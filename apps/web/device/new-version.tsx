'use client'
import { Button } from '@opsflow/platform/web'
import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Notice } from './notice.tsx'
import { beginNewVersion, useAppNews } from './worker.ts'

/** Said quietly, and never acted on by itself: the next start brings the new version anyway. */
export function NewVersion() {
  const t = useTranslations('device.newVersion')
  const news = useAppNews()
  const [later, setLater] = useState<typeof news>('none')
  const [unfinished, setUnfinished] = useState(false)
  if (news === 'none' || news === later) return null
  return (
    <Notice
      icon={<Sparkles aria-hidden />}
      title={t('title')}
      onClose={() => setLater(news)}
      action={
        <Button look="primary" onClick={() => setUnfinished(beginNewVersion() === 'unfinished')}>
          {t('use')}
        </Button>
      }
    >
      {unfinished ? t('unfinished') : t('text')}
    </Notice>
  )
}
