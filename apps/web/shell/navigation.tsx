'use client'
import { useBoard } from '@opsflow/capabilities/temperature/client'
import type { NavigationGroup } from '@opsflow/platform/web'
import {
  BadgeCheck,
  BellPlus,
  BellRing,
  CalendarClock,
  ChartNoAxesColumn,
  ClipboardCheck,
  ClipboardList,
  FileCheck,
  FileUp,
  History,
  Inbox,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  ListTodo,
  Network,
  Palette,
  QrCode,
  RadioTower,
  Refrigerator,
  SearchCheck,
  ShieldCheck,
  SlidersHorizontal,
  TabletSmartphone,
  Thermometer,
  Timer,
  Users,
} from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useAddress } from './choice.ts'

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
  const settings = [
    can('locations.read') && can('people.read') && item('/settings/places', t('places'), <Network aria-hidden />),
    can('checklists.manage') && item('/settings/checklists', t('checklistTemplates'), <ClipboardList aria-hidden />),
    can('checklists.manage') && item('/settings/schedules', t('schedules'), <CalendarClock aria-hidden />),
    can('temperature.configure') && item('/settings/units', t('units'), <Refrigerator aria-hidden />),
    can('temperature.import') && item('/import', t('import'), <FileUp aria-hidden />),
    can('people.read') && item('/settings/people', t('people'), <Users aria-hidden />),
    can('people.read') && item('/settings/roles', t('roles'), <ShieldCheck aria-hidden />),
    can('devices.manage') && item('/settings/devices', t('devices'), <RadioTower aria-hidden />),
    can('tasks.codes') && item('/settings/codes', t('codes'), <QrCode aria-hidden />),
    can('kiosks.manage') && item('/settings/tablets', t('tablets'), <TabletSmartphone aria-hidden />),
    can('keys.manage') && item('/settings/api-keys', t('apiKeys'), <KeyRound aria-hidden />),
    can('alerts.policy') && item('/settings/alerts', t('alertPolicies'), <BellPlus aria-hidden />),
    can('events.read') && item('/settings/activity', t('activity'), <History aria-hidden />),
    can('organization.manage') && item('/settings/brand', t('brand'), <Palette aria-hidden />),
    item('/settings/preferences', t('preferences'), <SlidersHorizontal aria-hidden />),
  ].filter((one) => one !== false)
  return [
    { id: 'work', items: work },
    { id: 'settings', label: t('settings'), items: settings },
  ]
}
