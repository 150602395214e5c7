'use client'
import { useEvidence } from '@opsflow/capabilities/evidence/client'
import { EvidenceWait } from '@opsflow/capabilities/evidence/web'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Card,
  ErrorState,
  Link,
  Moment,
  PageHeader,
  Panel,
  SkeletonRows,
  StatusBadge,
  UnsentMark,
} from '@opsflow/platform/web'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { useBoard, useCorrectiveAction } from '../client/index.ts'
import type { CorrectiveActionRecord } from '../records.ts'
import { entities } from '../sync-entities.ts'
import { ActionHistory } from './action-history.tsx'
import { actionTone } from './action-list.tsx'
import { ActionSteps } from './action-steps.tsx'
import { CloseForm } from './close-form.tsx'
import { RecheckForm } from './recheck-form.tsx'
import { ResponseForm } from './response-form.tsx'

/** Its code comes after the page answers. */
const VerifyForm = lazy(() => import('./verify-form.tsx'))

/** What is done about one deviation: one step at a time, in the order that makes the food safe. */
export function CorrectiveActionScreen({ actionId }: { actionId: string }) {
  const { action, error, retry } = useCorrectiveAction(actionId)
  if (action) return <Action action={action} />
  return error ? <ErrorState error={error} onRetry={retry} /> : <SkeletonRows rows={6} />
}

function Action({ action }: { action: CorrectiveActionRecord }) {
  const t = useTranslations('temperature.action')
  const viewer = useViewer()
  const { snapshot } = useBoard()
  const evidence = useEvidence('corrective_action', action.id)
  const isUnsent = useUnsentIds(entities.correctiveAction).has(action.id)
  const unit = snapshot?.units.find((one) => one.unitId === action.unitId)
  const place = viewer.locations.find((location) => location.id === action.locationId)
  return (
    <>
      <PageHeader
        back={{ href: '/corrective-actions', label: t('title') }}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
            {action.unitName}
            <StatusBadge tone={actionTone[action.state]}>{t(`states.${action.state}`)}</StatusBadge>
            {isUnsent && <UnsentMark />}
          </span>
        }
        text={
          <>
            {place?.name} · {t('opened')} <Moment at={action.openedAt} timeZone={place?.timezone} />
            {unit?.limitText && (
              <>
                {' · '}
                {t('limit')} <bdi dir="ltr">{unit.limitText}</bdi>
              </>
            )}
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)] lg:gap-5">
        <Card className="p-4 sm:p-6">
          <ActionSteps state={action.state} />
          <div className="mt-6 grid gap-4">
            <EvidenceWait items={evidence} />
            <NextStep action={action} unit={unit?.value?.unit ?? place?.temperatureUnit ?? 'F'} />
          </div>
        </Card>
        <Panel title={t('history')}>
          <ActionHistory action={action} evidence={evidence} />
          <p className="mt-4 border-t border-line pt-4 text-sm">
            <Link
              href={`/temperature/unit?id=${action.unitId}`}
              className="font-medium text-accent-ink hover:underline"
            >
              {t('seeUnit')}
            </Link>
          </p>
        </Panel>
      </div>
    </>
  )
}

function NextStep({ action, unit }: { action: CorrectiveActionRecord; unit: 'F' | 'C' }) {
  const t = useTranslations('temperature.action')
  const viewer = useViewer()
  const mayCorrect = viewer.can('temperature.correct', action.locationId)
  if (action.state === 'verified') return <p className="text-[0.9375rem] text-ink-muted">{t('allDone')}</p>
  if (action.state === 'closed') {
    return (
      <Suspense>
        <VerifyForm action={action} />
      </Suspense>
    )
  }
  if (!mayCorrect) return <p className="text-[0.9375rem] text-ink-muted">{t('watchOnly')}</p>
  if (action.state === 'opened') return <ResponseForm action={action} />
  if (action.state === 'responded') return <RecheckForm action={action} unit={unit} />
  return <CloseForm action={action} />
}
