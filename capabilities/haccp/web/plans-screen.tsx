'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { NoPermission, PageHeader } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { PlanList } from './plan-list.tsx'

/** The HACCP plans of the places one sees, and a way to begin one. */
export function PlansScreen({
  locationId,
  onBegun,
}: {
  locationId: string | undefined
  onBegun: (id: string) => void
}) {
  const t = useTranslations('haccp')
  const viewer = useViewer()
  if (!viewer.can('haccp.read', locationId)) return <NoPermission />
  return (
    <>
      <PageHeader title={t('list.title')} text={t('list.text')} back={{ href: '/audits', label: t('list.audits') }} />
      <PlanList locationId={locationId} onBegun={onBegun} />
    </>
  )
}
