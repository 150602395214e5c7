'use client'
import { SignButton as Sign } from '@opsflow/platform/web'
import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'

/** A signature: on one's own device a button gives it, on a shared tablet the PIN does. */
export function SignButton(props: Omit<ComponentProps<typeof Sign>, 'ask' | 'className'>) {
  const t = useTranslations('doing.step')
  return <Sign ask={t('signWithPin')} className="h-14 w-full" {...props} />
}
