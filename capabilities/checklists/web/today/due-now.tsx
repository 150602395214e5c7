'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { EmptyState, SkeletonRows, useClock } from '@opsflow/platform/web'
import { ClipboardList } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { isOwnList, useOpenChecklists } from '../../client/index.ts'
import { OpenChecklist } from '../doing/open-checklist.tsx'

/** The checklists that are someone’s to do now, the most pressing first, one touch away. */
export function DueNow({
  locationId,
  most,
  onOpen,
}: {
  locationId: string | undefined
  most: number
  onOpen: (id: string) => void
}) {
  const t = useTranslations('doing.today')
  const viewer = useViewer()
  const { isReady } = useSyncStatus()
  const lists = useOpenChecklists(locationId, useClock()).filter((list) => isOwnList(list, viewer))
  if (!isReady && lists.length === 0) return <SkeletonRows rows={2} />
  if (lists.length === 0) return <EmptyState compact icon={<ClipboardList aria-hidden />} title={t('noneOpen')} />
  return (
    <ul className="grid gap-2 p-3 sm:p-4">
      {lists.slice(0, most).map((list) => (
        <li key={list.id}>
          <OpenChecklist list={list} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  )
}
