import { cellIn, columnName } from '@opsflow/platform/csv'
import { attributeKey } from './attribute-key.ts'
import { hoursIn, hoursText, specialDaysIn, specialDaysText } from './hours-text.ts'
import type { Location } from './location.ts'
import { type Node, PATH_SEPARATOR, pathOf } from './place-tree.ts'

/** The columns of a file of locations, beside `attribute:…`. */
export const LOCATION_COLUMNS = [
  'code',
  'name',
  'kind',
  'address',
  'group',
  'timezone',
  'day_starts_at',
  'temperature_unit',
  'jurisdiction',
  'rule_edition',
  'opening_hours',
  'special_days',
  'latitude',
  'longitude',
  'radius_metres',
] as const
type Field = (typeof LOCATION_COLUMNS)[number] | `attribute:${string}`

/** What the columns of other people's files are called. */
const ALSO: Record<string, Field> = {
  store: 'name',
  location: 'name',
  location_name: 'name',
  store_name: 'name',
  store_number: 'code',
  number: 'code',
  id: 'code',
  type: 'kind',
  region: 'group',
  district: 'group',
  time_zone: 'timezone',
  zone: 'timezone',
  hours: 'opening_hours',
  lat: 'latitude',
  lng: 'longitude',
  lon: 'longitude',
  radius: 'radius_metres',
}

/** The field a column is read as; null: left out. */
export function fieldOf(header: string): string | null {
  const name = columnName(header)
  if (LOCATION_COLUMNS.some((field) => field === name)) return name
  const key = /^attribute:(.+)$/.exec(name)?.[1]
  if (key !== undefined) return attributeKey.test(key) ? name : null
  return ALSO[name] ?? null
}

export const isField = (text: string): boolean => fieldOf(text) === text

type Group = Node & { name: string }
type CellError = { column: string; code: string; message: string }

/** A row as the fields of a location: what an empty cell stands for is left as it is. */
export type ReadRow = { fields: Record<string, unknown>; attributes: Record<string, string>; errors: CellError[] }

/** Reads rows whose groups are named by their path, or by their name where only one is called so. */
export function rowReader(
  columns: readonly { name: string; field: string | null }[],
  groups: readonly Group[],
): (row: readonly string[]) => ReadRow {
  const byPath = groupsByName(groups)
  return (row) => {
    const read: ReadRow = { fields: {}, attributes: {}, errors: [] }
    for (const [n, { name, field }] of columns.entries()) {
      const cell = cellIn(row[n] ?? '').trim()
      if (field === null || cell === '') continue
      const key = /^attribute:(.+)$/.exec(field)?.[1]
      if (key !== undefined) read.attributes[key] = cell
      else readCell(read, field, cell, name, byPath)
    }
    return read
  }
}

function readCell(read: ReadRow, field: string, cell: string, column: string, groups: Map<string, string | null>) {
  const refuse = (code: string, message: string) => read.errors.push({ column, code: `locations.${code}`, message })
  switch (field) {
    case 'group': {
      const id = groups.get(
        cell
          .split('>')
          .map((part) => part.trim())
          .join(PATH_SEPARATOR)
          .toLowerCase(),
      )
      if (id) read.fields.groupId = id
      else if (id === null) refuse('group_ambiguous', `Several groups are called ${cell}. Write the whole path.`)
      else refuse('group_unknown', `There is no group ${cell}.`)
      return
    }
    case 'kind':
    case 'jurisdiction':
    case 'rule_edition':
      read.fields[NAMES[field] as string] = field === 'kind' ? columnName(cell) : cell.toLowerCase()
      return
    case 'temperature_unit':
      read.fields.temperatureUnit = cell.replace('°', '').toUpperCase()
      return
    case 'day_starts_at':
      read.fields.dayStartsAt = cell.padStart(5, '0')
      return
    case 'opening_hours': {
      const hours = hoursIn(cell)
      if (hours) read.fields.openingHours = hours
      else refuse('hours_unreadable', 'Write hours as in “Mo-Fr 06:00-23:00; Sa 07:00-01:00”.')
      return
    }
    case 'special_days': {
      const days = specialDaysIn(cell)
      if (days) read.fields.specialDays = days
      else refuse('days_unreadable', 'Write days as in “2026-12-25 off; 2026-12-31 10:00-16:00”.')
      return
    }
    case 'latitude':
    case 'longitude':
    case 'radius_metres': {
      const number = numberIn(cell)
      if (number === null) refuse('number_unreadable', 'Write a number, such as 41.8827.')
      else read.fields[field === 'radius_metres' ? 'radiusMetres' : field] = number
      return
    }
    default:
      read.fields[field] = cell
  }
}

/** As spreadsheets write it: `41.8827`, and `41,8827` where a comma divides. */
function numberIn(cell: string): number | null {
  return /^[-+]?\d{1,6}([.,]\d{1,25})?(e-\d{1,3})?$/.test(cell) ? Number(cell.replace(',', '.')) : null
}

const NAMES: Record<string, string> = { kind: 'kind', jurisdiction: 'jurisdiction', rule_edition: 'ruleEdition' }

/** The column that a field of a location is read from, to say where a mistake is. */
export const columnOf = (field: string): string =>
  field === 'groupId' ? 'group' : field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** By path and, where only one has it, by name; null where several do. In small letters. */
function groupsByName(groups: readonly Group[]): Map<string, string | null> {
  const names = new Map<string, string | null>()
  for (const { id, name } of groups) names.set(name.toLowerCase(), names.has(name.toLowerCase()) ? null : id)
  for (const { id } of groups) names.set(pathOf(groups, id).toLowerCase(), id)
  return names
}

/** Locations as rows that, read again, change nothing. */
export function locationTable(locations: readonly Location[], groups: readonly Group[]): string[][] {
  const keys = [...new Set(locations.flatMap(({ attributes }) => Object.keys(attributes)))].sort()
  const header = [...LOCATION_COLUMNS, ...keys.map((key) => `attribute:${key}`)]
  return [
    header,
    ...locations.map((location) => [
      ...cellsOf(location, groups),
      ...keys.map((key) => location.attributes[key] ?? ''),
    ]),
  ]
}

const cellsOf = (location: Location, groups: readonly Group[]): string[] => [
  location.code ?? '',
  location.name,
  location.kind,
  location.address,
  pathOf(groups, location.groupId),
  location.timezone,
  location.dayStartsAt,
  location.temperatureUnit,
  location.jurisdiction,
  location.ruleEdition ?? '',
  hoursText(location.openingHours),
  specialDaysText(location.specialDays),
  location.latitude?.toString() ?? '',
  location.longitude?.toString() ?? '',
  String(location.radiusMetres),
]
