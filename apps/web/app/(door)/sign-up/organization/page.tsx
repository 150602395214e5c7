'use client'
import { FoundByLink } from '@opsflow/capabilities/people/web'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { DoorCard } from '../../../../shell/door-card.tsx'
import { forgetKeptSessions } from '../../../../shell/kept-session.ts'

export default function SignUpOrganizationPage() {
  const t = useTranslations('app.signUpOrganization')
  const router = useRouter()
  return (
    <DoorCard wide title={t('title')} text={t('text')}>
      <FoundByLink
        onFounded={() => {
          forgetKeptSessions()
          router.replace('/dashboard')
        }}
      />
    </DoorCard>
  )
}
