'use client'
import { Button, ButtonLink, EmptyState } from '@opsflow/platform/web'
import { CloudOff } from 'lucide-react'
import { useTranslations } from 'use-intl'

/** Stands at the address of a page that is not kept on the device, while there is no network. */
export default function ElsewherePage() {
  const t = useTranslations('app.elsewhere')
  return (
    <EmptyState
      icon={<CloudOff aria-hidden />}
      heading="h1"
      title={t('title')}
      action={
        <>
          <ButtonLink look="primary" href="/dashboard">
            {t('home')}
          </ButtonLink>
          <Button onClick={() => location.reload()}>{t('again')}</Button>
        </>
      }
    >
      {t('text')}
    </EmptyState>
  )
}
