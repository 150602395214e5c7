'use client'
import { useBoard } from '@opsflow/capabilities/temperature/client'
import { EmptyState, ErrorState, type FaceMessages, MoreWords } from '@opsflow/platform/web'
import { MapPinOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useScope, useSignedIn } from '../shell/session.ts'
import { AdminDashboard } from './admin-dashboard.tsx'
import { boardOf } from './board-of.ts'
import { DashboardWaiting } from './dashboard-waiting.tsx'
import { ManagerDashboard } from './manager-dashboard.tsx'
import { MemberDashboard } from './member-dashboard.tsx'
import english from './messages/en.json'

/**
 * The English of dashboards is here, so that no other page carries it. The Spanish of their first words stays with the
 * whole, which is there before anything is shown: no dashboard is English for a moment.
 */
const panelWords: FaceMessages = { en: english, es: () => import('./messages/es.json') }

export function RoleDashboard() {
  return (
    <MoreWords of={panelWords}>
      <OfRole />
    </MoreWords>
  )
}

/** Each role begins with its own question: the organization, the team's day, or my next task. */
function OfRole() {
  const { member, locations } = useSignedIn()
  const scope = useScope()
  const { snapshot, error, refresh } = useBoard()
  if (locations.length === 0) return <NoLocation />
  if (!snapshot) return error ? <ErrorState error={error} onRetry={refresh} /> : <DashboardWaiting />
  const board = boardOf(snapshot, scope?.id)
  if (member.role === 'org:admin') return <AdminDashboard board={board} />
  if (member.role === 'org:manager') return <ManagerDashboard board={board} />
  return <MemberDashboard board={board} />
}

function NoLocation() {
  const t = useTranslations('app.dashboard')
  return (
    <EmptyState icon={<MapPinOff aria-hidden />} title={t('nobody')}>
      {t('nobodyText')}
    </EmptyState>
  )
}
