'use client'
import { ButtonLink, EmptyState } from '@opsflow/platform/web'
import { Compass } from 'lucide-react'
import { useTranslations } from 'use-intl'

export default function Nowhere() {
  const t = useTranslations('app.notFound')
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<Compass aria-hidden />}
        heading="h1"
        title={t('title')}
        action={
          <ButtonLink look="primary" href="/dashboard">
            {t('home')}
          </ButtonLink>
        }
      >
        {t('text')}
      </EmptyState>
    </main>
  )
}
