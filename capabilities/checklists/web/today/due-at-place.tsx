'use client'
import { Panel, useClock } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useOpenChecklistsAt } from '../../client/index.ts'
import { OpenChecklist } from '../doing/open-checklist.tsx'

/** What is to be done at a place, or asks about a unit of it. Nothing where nothing is. */
export function DueAtPlace({
  locationId,
  unitId,
  onOpen,
}: {
  locationId: string
  unitId: string | undefined
  onOpen: (id: string) => void
}) {
  const t = useTranslations('doing.today')
  const lists = useOpenChecklistsAt(locationId, unitId, useClock())
  if (lists.length === 0) return null
  return (
    <Panel title={t('title')} hint={lists.length}>
      <ul className="grid gap-2">
        {lists.map((list) => (
          <li key={list.id}>
            <OpenChecklist list={list} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
