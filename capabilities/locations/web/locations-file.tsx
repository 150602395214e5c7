'use client'
import { useTranslations } from 'use-intl'
import { useLocationsFile } from '../client/index.ts'
import { FileImport } from './file-import.tsx'

const FIELDS = [
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
]

export function LocationsFile() {
  const t = useTranslations('places.file')
  return <FileImport table={useLocationsFile()} fields={FIELDS} hint={t('locationsHint')} />
}
