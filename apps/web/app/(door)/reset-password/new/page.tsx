'use client'
import { NewPasswordByLink } from '@opsflow/capabilities/people/web'
import { useTranslations } from 'use-intl'
import { DoorCard } from '../../../../shell/door-card.tsx'

export default function ResetPasswordNewPage() {
  const t = useTranslations('app.newPassword')
  return (
    <DoorCard title={t('title')}>
      <NewPasswordByLink />
    </DoorCard>
  )
}
