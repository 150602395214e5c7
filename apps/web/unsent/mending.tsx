'use client'
import { MendedProvider } from '@opsflow/platform/client/sync/mended'
import { Banner } from '@opsflow/platform/web'
import { Wrench } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { useAttention } from './use-unsent.ts'

/** With the words of every capability; they come only when something is mended. */
const WorkReason = lazy(() => import('./work-text.tsx').then(({ WorkReason }) => ({ default: WorkReason })))

/** A form opened from "Needs attention" (`?mend=`) begins with what was typed there, and says why it came back. */
export function Mending({ children }: { children: ReactNode }) {
  const uid = useSearchParams().get('mend')
  return uid ? <MendingOf uid={uid}>{children}</MendingOf> : children
}

/** The same where the address names nothing: on a shared tablet. */
export function MendingOf({ uid, children }: { uid: string; children: ReactNode }) {
  const t = useTranslations('app.attention')
  const { items } = useAttention()
  const item = items?.find(({ mutation }) => mutation.uid === uid)
  if (!items) return null
  return (
    <MendedProvider value={item}>
      {item && (
        <div className="mb-4 overflow-hidden rounded-xl border border-line">
          <Banner tone="warn" icon={<Wrench aria-hidden />}>
            <strong className="font-medium">{t('mending')}</strong>{' '}
            <Suspense>
              <WorkReason mutation={item.mutation} result={item.result} />
            </Suspense>
          </Banner>
        </div>
      )}
      {children}
    </MendedProvider>
  )
}
