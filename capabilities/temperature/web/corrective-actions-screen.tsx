'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Card, ErrorState, NoPermission, PageHeader, SkeletonRows, Tabs } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCorrectiveActions } from '../client/index.ts'
import { ActionList } from './action-list.tsx'

const views = ['open', 'closed', 'all'] as const
type View = (typeof views)[number]

export function CorrectiveActionsScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('temperature.action')
  const viewer = useViewer()
  const [view, setView] = useState<View>('open')
  if (!viewer.can('temperature.read', locationId)) return <NoPermission />
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <Tabs
        label={t('title')}
        tabs={views.map((id) => ({ id, label: t(`views.${id}`) }))}
        value={view}
        onChange={setView}
      >
        <Card className="mt-4">
          <ActionsOf key={view} state={view} locationId={locationId} />
        </Card>
      </Tabs>
    </>
  )
}

function ActionsOf({ state, locationId }: { state: View; locationId: string | undefined }) {
  const t = useTranslations('temperature')
  const actions = useCorrectiveActions({ state, locationId })
  if (actions.isPending) return <SkeletonRows className="p-5" />
  if (actions.isError) return <ErrorState error={actions.error} onRetry={actions.refetch} />
  return (
    <>
      <ActionList actions={actions.data.pages.flatMap((page) => page.items)} />
      {actions.hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <Button look="quiet" busy={actions.isFetchingNextPage} onClick={() => actions.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  )
}
