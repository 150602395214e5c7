'use client'
import { FileImport } from '@opsflow/capabilities/locations/web'
import { useTranslations } from 'use-intl'
import { usePeopleFile } from '../client/index.ts'

const FIELDS = ['name', 'email', 'role', 'place']

export function PeopleFile() {
  const t = useTranslations('places.file')
  return <FileImport table={usePeopleFile()} fields={FIELDS} hint={t('peopleHint')} />
}
