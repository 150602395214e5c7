'use client'
import { ConfirmEmail } from '@opsflow/capabilities/people/web'
import { useTranslations } from 'use-intl'
import { DoorCard } from '../../../shell/door-card.tsx'

export default function VerifyEmailPage() {
  const t = useTranslations('app.verifyEmail')
  return (
    <DoorCard title={t('title')}>
      <ConfirmEmail />
    </DoorCard>
  )
}
