'use client'
import { useFirstRun } from '@opsflow/capabilities/people/client'
import { FirstRunForm } from '@opsflow/capabilities/people/web'
import { ButtonLink, Card, EmptyState, ErrorState, SkeletonRows } from '@opsflow/platform/web'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'

export default function FirstRunPage() {
  const t = useTranslations('app.firstRun')
  return (
    <div className="w-full max-w-2xl">
      <h1 className="text-center text-2xl font-semibold tracking-[-0.025em] text-balance">{t('title')}</h1>
      <p className="mt-2 mb-6 text-center text-[0.9375rem] text-balance text-ink-muted">{t('text')}</p>
      <Card className="p-5 sm:p-6">
        <Founding />
      </Card>
    </div>
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
  return <FirstRunForm onFounded={() => router.replace('/dashboard')} />
}
