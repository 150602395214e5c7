import { MendedProvider } from '@opsflow/platform/client/sync/mended'
import { Banner, MoreWords } from '@opsflow/platform/web'
import { Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { attentionMessages } from './messages.ts'
import { useAttention } from './use-unsent.ts'
import { WorkReason, WorkText } from './work-text.tsx'

/** Around the form: what was typed then, and above it why it came back. */
export default function MendingOf({ uid, children }: { uid: string; children: ReactNode }) {
  const { items } = useAttention()
  const item = items?.find(({ mutation }) => mutation.uid === uid)
  if (!items) return null
  return (
    <MendedProvider value={item}>
      {item && (
        <div className="mb-4 overflow-hidden rounded-xl border border-line">
          <Banner tone="warn" icon={<Wrench aria-hidden />}>
            <MoreWords of={attentionMessages}>
              <Again />
            </MoreWords>{' '}
            <WorkText mutation={item.mutation} />. <WorkReason mutation={item.mutation} result={item.result} />
          </Banner>
        </div>
      )}
      {children}
    </MendedProvider>
  )
}

function Again() {
  const t = useTranslations('app.attention')
  return <strong className="font-medium">{t('mending')}</strong>
}
