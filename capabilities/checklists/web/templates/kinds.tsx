'use client'
import {
  Camera,
  Check,
  CircleHelp,
  Clock,
  Hash,
  Info,
  List,
  PenLine,
  ScanLine,
  Text,
  Thermometer,
  Timer,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { ItemKind } from '../../item.ts'

/** In the order in which kitchens use them. */
export const KINDS: readonly ItemKind[] = [
  'pass_fail',
  'yes_no',
  'temperature',
  'number',
  'photo',
  'text',
  'choice',
  'moment',
  'signature',
  'scan',
  'timer',
  'instruction',
]

const icons: Record<ItemKind, ReactNode> = {
  pass_fail: <Check aria-hidden />,
  yes_no: <CircleHelp aria-hidden />,
  temperature: <Thermometer aria-hidden />,
  number: <Hash aria-hidden />,
  photo: <Camera aria-hidden />,
  text: <Text aria-hidden />,
  choice: <List aria-hidden />,
  moment: <Clock aria-hidden />,
  signature: <PenLine aria-hidden />,
  scan: <ScanLine aria-hidden />,
  timer: <Timer aria-hidden />,
  instruction: <Info aria-hidden />,
}
export const KindIcon = ({ kind }: { kind: ItemKind }) => icons[kind]

export const CATEGORIES = [
  'opening',
  'closing',
  'line_check',
  'receiving',
  'cooling',
  'hot_hold',
  'cleaning',
  'sanitiser',
  'probe_check',
  'date_marking',
  'managers_walk',
  'audit',
  'other',
] as const

/** Limits a food is held to, by what a kitchen calls them. Others of the rule books are kept where they are set. */
export const LIMITS = [
  'us.cold_hold',
  'us.hot_hold',
  'us.receive_cold',
  'us.receive_milk',
  'us.cook_145',
  'us.cook_155',
  'us.cook_165',
  'us.reheat',
  'us.ware_surface',
  'uk.chill',
  'uk.hot',
] as const
/** In the words' keys a dot would be a step down. */
export const limitKey = (id: (typeof LIMITS)[number]) => id.replace('.', '_')

export const UNIT_KINDS = [
  'walk_in_cooler',
  'reach_in',
  'prep_rail',
  'walk_in_freezer',
  'freezer',
  'hot_hold',
  'hot_line',
  'dish_machine',
  'receiving',
  'other',
] as const
