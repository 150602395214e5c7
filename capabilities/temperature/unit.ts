import { z } from 'zod'

/** Equipment whose temperature is watched, in the kitchen's words. */
export const UnitKind = z.enum([
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
])
export type UnitKind = z.infer<typeof UnitKind>

/** Where a reading came from: a sensor of the unit, a probe over Bluetooth, a person's keypad, a file. */
export const ReadingSource = z.enum(['sensor', 'probe', 'typed', 'imported'])
export type ReadingSource = z.infer<typeof ReadingSource>

/** What the unit is for. `other` promises nothing, so nothing is assumed of it. */
export const isFreezer = (kind: UnitKind) => kind === 'walk_in_freezer' || kind === 'freezer'
export const isCooler = (kind: UnitKind) => kind === 'walk_in_cooler' || kind === 'reach_in' || kind === 'prep_rail'
export const isHot = (kind: UnitKind) => kind === 'hot_hold' || kind === 'hot_line'
