'use client'
import { useFirstRun } from '@opsflow/capabilities/people/client'
import { FirstRunForm } from '@opsflow/capabilities/people/web'
import { ButtonLink, EmptyState, ErrorState, SkeletonRows } from '@opsflow/platform/web'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { DoorCard } from '../../../shell/door-card.tsx'
import { forgetKeptSessions } from '../../../shell/kept-session.ts'

export default function FirstRunPage() {
  const t = useTranslations('app.firstRun')
  return (
    <DoorCard wide title={t('title')} text={t('text')}>
      <Founding />
    </DoorCard>
  )
}

function Founding() {
  const t = useTranslations('app.firstRun')
  const router = useRouter()
  const firstRun = useFirstRun()
  if (firstRun.isPending) return <SkeletonRows />
  if (firstRun.isError) return <ErrorState error={firstRun.error} onRetry={firstRun.refetch} />
  if (!firstRun.data.open) {
    return (
      <EmptyState
        compact
        title={t('closed')}
        action={
          <ButtonLink look="primary" href="/sign-in">
            {t('signIn')}
          </ButtonLink>
        }
      />
    )
  }
  return (
    <FirstRunForm
      onFounded={() => {
        forgetKeptSessions()
        router.replace('/dashboard')
      }}
    />
  )
}
