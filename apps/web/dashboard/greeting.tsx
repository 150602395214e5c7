'use client'
import { ButtonLink, PageHeader } from '@opsflow/platform/web'
import { Thermometer } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useSignedIn } from '../shell/session.ts'

export function Greeting({ text }: { text: ReactNode }) {
  const t = useTranslations('app.dashboard')
  const { member } = useSignedIn()
  return (
    <PageHeader
      title={t(`greeting.${timeOfDay()}`, { name: member.name.split(' ')[0] ?? member.name })}
      text={text}
      actions={
        <ButtonLink look="primary" href="/temperature/log">
          <Thermometer aria-hidden />
          {t('log')}
        </ButtonLink>
      }
    />
  )
}

function timeOfDay() {
  const hour = new Date().getHours()
  if (hour >= 4 && hour < 12) return 'morning'
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening'
}
