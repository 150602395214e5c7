'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Card, EmptyState, ErrorState, Link, NoPermission, PageHeader, SkeletonRows } from '@opsflow/platform/web'
import { Eye } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useOdditiesLately } from '../../client/index.ts'
import { OddText } from './look-at-this.tsx'

/** A manager’s list of what is worth a look: records of the last days that were remarkably fast, alike or late. */
export function OdditiesScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('doing.record')
  return (
    <>
      <PageHeader title={t('oddTitle')} />
      <OdditiesList locationId={locationId} />
    </>
  )
}

export function OdditiesList({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('doing.record')
  const viewer = useViewer()
  const isAllowed = viewer.can('checklists.verify', locationId)
  const asked = useOdditiesLately(locationId, isAllowed)
  if (!isAllowed) return <NoPermission />
  if (asked.isError) return <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
  return (
    <>
      <p className="mb-4 text-[0.9375rem] text-ink-muted">{t('oddText')}</p>
      <Card>
        {asked.isPending && <SkeletonRows className="p-5" />}
        {asked.data?.length === 0 && <EmptyState compact icon={<Eye aria-hidden />} title={t('oddEmpty')} />}
        <ul className="divide-y divide-line">
          {asked.data?.map(({ checklist, ...odd }) => (
            <li key={`${odd.checklistId} ${odd.kind} ${odd.itemId} ${odd.entryId}`}>
              <Link
                href={`/checklists/record?id=${odd.checklistId}`}
                className="block min-h-target px-4 py-3 hover:bg-sunken sm:px-5"
              >
                <span className="block font-medium">{checklist.name}</span>
                <span className="block text-sm text-ink-muted">
                  {checklist.day} · {viewer.locations.find(({ id }) => id === checklist.locationId)?.name}
                </span>
                <span className="mt-0.5 block text-[0.9375rem]">
                  <OddText odd={odd} form={undefined} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </>
  )
}
