'use client'
import { useTranslations } from 'use-intl'
import { useLocationsFile } from '../client/index.ts'
import { LOCATION_COLUMNS } from '../location-csv.ts'
import { FileImport } from './file-import.tsx'

export function LocationsFile() {
  const t = useTranslations('places.file')
  return <FileImport table={useLocationsFile()} fields={LOCATION_COLUMNS} hint={t('locationsHint')} />
}
