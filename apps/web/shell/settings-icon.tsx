import {
  BellPlus,
  CalendarClock,
  ClipboardList,
  FileUp,
  History,
  KeyRound,
  Network,
  Palette,
  QrCode,
  RadioTower,
  Refrigerator,
  ShieldCheck,
  SlidersHorizontal,
  TabletSmartphone,
  Users,
} from 'lucide-react'

const icons = {
  activity: History,
  alertPolicies: BellPlus,
  apiKeys: KeyRound,
  brand: Palette,
  checklistTemplates: ClipboardList,
  codes: QrCode,
  devices: RadioTower,
  import: FileUp,
  people: Users,
  places: Network,
  preferences: SlidersHorizontal,
  roles: ShieldCheck,
  schedules: CalendarClock,
  tablets: TabletSmartphone,
  units: Refrigerator,
}

/** A page of the settings, by the word of its navigation. */
export type SettingsPage = keyof typeof icons

/** Drawings of pages few people open: their code comes after the first paint, see navigation.tsx. */
export default function SettingsIcon({ of }: { of: SettingsPage }) {
  const Icon = icons[of]
  return <Icon aria-hidden />
}
