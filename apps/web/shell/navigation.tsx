'use client'
import { useBoard } from '@opsflow/capabilities/temperature/client'
import type { NavigationGroup } from '@opsflow/platform/web'
import {
  BadgeCheck,
  BellRing,
  ChartNoAxesColumn,
  ClipboardCheck,
  FileCheck,
  Inbox,
  LayoutDashboard,
  ListChecks,
  ListTodo,
  SearchCheck,
  Thermometer,
  Timer,
} from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { useAddress } from './choice.ts'
import type { SettingsPage } from './settings-icon.tsx'

const SettingsIcon = lazy(() => import('./settings-icon.tsx'))

type Can = (permission: string) => boolean

/** Where one can go, with what waits there. What is not permitted is not shown. */
export function useNavigation(can: Can): NavigationGroup[] {
  const t = useTranslations('app.navigation')
  const { page: path } = useAddress()
  const { snapshot } = useBoard()
  const item = (href: string, label: string, icon: React.ReactNode, count?: number) => ({
    href,
    label,
    icon,
    count,
    current: path === href || path.startsWith(`${href}/`),
  })
  const work = [
    item('/dashboard', t('dashboard'), <LayoutDashboard aria-hidden />),
    item('/temperature', t('temperature'), <Thermometer aria-hidden />),
    item('/alarms', t('alarms'), <BellRing aria-hidden />, snapshot?.alarms.length),
    item('/tasks', t('tasks'), <ListTodo aria-hidden />),
    item('/corrective-actions', t('correctiveActions'), <ClipboardCheck aria-hidden />),
    can('processes.read') && item('/processes', t('processes'), <Timer aria-hidden />),
    can('checklists.read') && item('/checklists', t('checklists'), <ListChecks aria-hidden />),
    can('checklists.read') && item('/audits', t('audits'), <BadgeCheck aria-hidden />),
    can('findings.read') && item('/findings', t('findings'), <SearchCheck aria-hidden />),
    can('alerts.read') && item('/inbox', t('inbox'), <Inbox aria-hidden />),
    can('checklists.read') && item('/overview', t('overview'), <ChartNoAxesColumn aria-hidden />),
    can('reports.make') && item('/inspector', t('inspector'), <FileCheck aria-hidden />),
  ].filter((one) => one !== false)
  const setting = (href: string, page: SettingsPage) =>
    item(
      href,
      t(page),
      <Suspense fallback={<span className="size-[1.125rem]" />}>
        <SettingsIcon of={page} />
      </Suspense>,
    )
  const settings = [
    can('locations.read') && can('people.read') && setting('/settings/places', 'places'),
    can('checklists.manage') && setting('/settings/checklists', 'checklistTemplates'),
    can('checklists.manage') && setting('/settings/schedules', 'schedules'),
    can('temperature.configure') && setting('/settings/units', 'units'),
    can('temperature.import') && setting('/import', 'import'),
    can('people.read') && setting('/settings/people', 'people'),
    can('people.read') && setting('/settings/roles', 'roles'),
    can('devices.manage') && setting('/settings/devices', 'devices'),
    can('tasks.codes') && setting('/settings/codes', 'codes'),
    can('kiosks.manage') && setting('/settings/tablets', 'tablets'),
    can('keys.manage') && setting('/settings/api-keys', 'apiKeys'),
    can('alerts.policy') && setting('/settings/alerts', 'alertPolicies'),
    can('events.read') && setting('/settings/activity', 'activity'),
    can('organization.manage') && setting('/settings/brand', 'brand'),
    setting('/settings/preferences', 'preferences'),
  ].filter((one) => one !== false)
  return [
    { id: 'work', items: work },
    { id: 'settings', label: t('settings'), items: settings },
  ]
}
