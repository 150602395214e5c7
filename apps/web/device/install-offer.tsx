'use client'
import { Button } from '@opsflow/platform/web'
import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useAddress } from '../shell/choice.ts'
import { declineInstall, install, useInstallOffer } from '../shell/install.ts'
import { InstallSteps } from './install-steps.tsx'
import { Notice } from './notice.tsx'

/** Once, after work was done here: the app can be kept like any other. No is remembered; the menu still has it. */
export function InstallOffer() {
  const t = useTranslations('device.install')
  const way = useInstallOffer()
  const { page } = useAddress()
  // In the middle of a checklist the next answer lies where the offer would.
  if (!way || page === '/checklists/do') return null
  return (
    <Notice icon={<Download aria-hidden />} title={t('title')} onClose={declineInstall}>
      <p>{t('text')}</p>
      {way === 'by-hand' && <InstallSteps />}
      {way === 'offer' && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button look="primary" onClick={() => void install()}>
            {t('do')}
          </Button>
          <Button look="quiet" onClick={declineInstall}>
            {t('no')}
          </Button>
        </div>
      )}
    </Notice>
  )
}
