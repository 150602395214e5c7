'use client'
import { AskForLetter } from '@opsflow/capabilities/people/web'
import { useTranslations } from 'use-intl'
import { DoorCard } from '../../../shell/door-card.tsx'

export default function ResetPasswordPage() {
  const t = useTranslations('app.resetPassword')
  return (
    <DoorCard title={t('title')} text={t('text')}>
      <AskForLetter what="reset" />
    </DoorCard>
  )
}
