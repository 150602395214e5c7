'use client'
import { Button } from '@opsflow/platform/web'
import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Notice } from './notice.tsx'
import { beginNewVersion, type News, useAppNews } from './worker.ts'

/**
 * Said quietly, and never acted on by itself: the next start brings the new version anyway. Only an app that the server
 * no longer understands says what it means.
 */
export function NewVersion() {
  const t = useTranslations('device.newVersion')
  const news = useAppNews()
  const [later, setLater] = useState<News>('none')
  const [unfinished, setUnfinished] = useState(false)
  if (news === 'none' || news === later) return null
  const isOutdated = news === 'outdated'
  const use = async () => setUnfinished((await beginNewVersion()) === 'unfinished')
  return (
    <Notice
      icon={<Sparkles aria-hidden />}
      tone={isOutdated ? 'warn' : 'news'}
      title={t(isOutdated ? 'outdated' : 'title')}
      onClose={() => setLater(news)}
      action={
        <Button look="primary" onClick={use}>
          {t('use')}
        </Button>
      }
    >
      {unfinished ? t('unfinished') : isOutdated ? t('outdatedText') : undefined}
    </Notice>
  )
}
