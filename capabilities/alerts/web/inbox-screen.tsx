'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Card,
  EmptyState,
  ErrorState,
  Field,
  NoPermission,
  OlderRows,
  PageHeader,
  Select,
  SkeletonRows,
  Tabs,
  useClock,
  withOlder,
} from '@opsflow/platform/web'
import { Inbox } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type MatterFilter, useMatters, useOlderMatters } from '../client/index.ts'
import { KINDS, type Kind } from '../words.ts'
import { MatterRows } from './matter-rows.tsx'

const DutyPanel = lazy(() => import('./duty-panel.tsx'))

const VIEWS = ['mine', 'open', 'closed'] as const

/** One thread for each thing that is late, failed or unanswered: unread first, acknowledged in one tap. */
export function InboxScreen({
  locationId,
  matterId,
}: {
  locationId: string | undefined
  matterId?: string | undefined
}) {
  const t = useTranslations('alerts')
  const viewer = useViewer()
  const [view, setView] = useState<MatterFilter['view']>(matterId ? 'open' : 'mine')
  const [kind, setKind] = useState<Kind>()
  if (!viewer.can('alerts.read')) return <NoPermission />
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <div className="mb-4 empty:hidden">
        <Suspense>
          <DutyPanel locationId={locationId} />
        </Suspense>
      </div>
      <Tabs
        label={t('title')}
        tabs={VIEWS.map((id) => ({ id, label: t(`views.${id}`) }))}
        value={view}
        onChange={setView}
      >
        <Field label={t('kind')} className="mt-3 max-w-xs">
          <Select
            value={kind ?? ''}
            onChange={(event) => setKind((event.target.value || undefined) as Kind | undefined)}
          >
            <option value="">{t('allKinds')}</option>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`kinds.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Card className="mt-3">
          <Matters key={view} filter={{ view, kind, locationId }} openId={matterId} />
        </Card>
      </Tabs>
    </>
  )
}

/** What is open is all on this device; of what is over, the last week, and the rest when asked for. */
function Matters({ filter, openId }: { filter: MatterFilter; openId: string | undefined }) {
  const t = useTranslations('alerts.empty')
  const { isReady } = useSyncStatus()
  const [asked, setAsked] = useState(false)
  const here = useMatters(filter, useClock())
  const isOver = filter.view === 'closed'
  const older = useOlderMatters(filter, asked && isOver)
  if (!isReady && here.length === 0) return <SkeletonRows className="p-5" />
  if (asked && older.isError && here.length === 0) return <ErrorState error={older.error} onRetry={older.refetch} />
  const shown = isOver ? withOlder(here, older.data?.pages.flatMap((page) => page.items) ?? []) : here
  return (
    <>
      {shown.length === 0 ? (
        <EmptyState compact icon={<Inbox aria-hidden />} title={t(filter.view)}>
          {t(`${filter.view}Text`)}
        </EmptyState>
      ) : (
        <MatterRows matters={shown} openId={openId} />
      )}
      {isOver && <OlderRows asked={asked} onAsk={() => setAsked(true)} query={older} />}
    </>
  )
}
