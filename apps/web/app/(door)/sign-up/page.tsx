'use client'
import { AskForLetter } from '@opsflow/capabilities/people/web'
import { useTranslations } from 'use-intl'
import { DoorCard } from '../../../shell/door-card.tsx'

export default function SignUpPage() {
  const t = useTranslations('app.signUp')
  return (
    <DoorCard title={t('title')} text={t('text')}>
      <AskForLetter what="signUp" />
    </DoorCard>
  )
}
