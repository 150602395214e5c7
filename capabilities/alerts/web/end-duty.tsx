'use client'
import { Dialog, SignButton } from '@opsflow/platform/web'
import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'

type Signing = Pick<ComponentProps<typeof SignButton>, 'busy' | 'onSign'>

/** On a shared tablet, where the end of a duty is signed. */
export default function EndDuty({ place, onClose, ...signing }: { place: string; onClose: () => void } & Signing) {
  const t = useTranslations('alerts.duty')
  return (
    <Dialog open onClose={onClose} title={t('endAt', { place })} description={t('endText')}>
      <div className="grid">
        <SignButton ask={t('sign')} {...signing}>
          {t('end')}
        </SignButton>
      </div>
    </Dialog>
  )
}
