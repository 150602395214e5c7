'use client'
import type { UnitState } from '@opsflow/capabilities/temperature'
import { UnitList } from '@opsflow/capabilities/temperature/web'
import { EmptyState, Link, Panel } from '@opsflow/platform/web'
import { ShieldCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'

const mostShown = 8

export function AttentionPanel({ units }: { units: readonly UnitState[] }) {
  const t = useTranslations('app.dashboard')
  const unwell = units.filter((unit) => unit.status !== 'ok' && unit.status !== 'no_data')
  return (
    <Panel
      title={t('needAttention')}
      hint={unwell.length || undefined}
      flush
      actions={<PanelLink href="/temperature">{t('seeBoard')}</PanelLink>}
    >
      {unwell.length === 0 ? (
        <EmptyState compact icon={<ShieldCheck aria-hidden />} title={t('allWell')}>
          {t('allWellText')}
        </EmptyState>
      ) : (
        <UnitList units={unwell.slice(0, mostShown)} />
      )}
    </Panel>
  )
}

export function PanelLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      className="inline-flex min-h-target items-center rounded-md px-2 text-sm font-medium text-accent-ink hover:underline"
    >
      {children}
    </Link>
  )
}
