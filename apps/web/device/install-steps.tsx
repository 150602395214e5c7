'use client'
import { Share, SquarePlus } from 'lucide-react'
import { useTranslations } from 'use-intl'

/** On an iPhone or iPad only a person can install: where to touch. */
export function InstallSteps() {
  const t = useTranslations('device.install')
  return (
    <ol className="mt-2 grid gap-1.5 text-ink">
      <li className="flex items-center gap-2">
        <Share aria-hidden className="size-5 shrink-0 text-accent-ink" />
        {t('iosShare')}
      </li>
      <li className="flex items-center gap-2">
        <SquarePlus aria-hidden className="size-5 shrink-0 text-accent-ink" />
        {t('iosAdd')}
      </li>
    </ol>
  )
}
