'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  cx,
  ErrorState,
  IconButton,
  NoPermission,
  PageHeader,
  SkeletonRows,
  StatusBadge,
  StatusShape,
} from '@opsflow/platform/web'
import { ArrowLeft, ArrowRight, Redo2, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Place, type PlanDraft, usePlan, usePlanChoices, usePlanDraft } from '../../client/index.ts'
import type { HaccpPlan, PlanChoices } from '../../haccp-plan.ts'
import { type Missing, missingIn } from '../../missing.ts'
import { STEPS, type Step } from '../../words.ts'
import { ArchivedNote } from '../archived-note.tsx'
import { useTodayAt } from '../days.ts'
import { PlanMenu } from '../plan-menu.tsx'
import { RefusalText } from '../refusal-text.tsx'
import { Corrections, Limits, Monitoring } from './controls.tsx'
import { Confirmed, Flow } from './flow.tsx'
import { Hazards } from './hazards.tsx'
import { MissingList } from './missing-list.tsx'
import { Points } from './points.tsx'
import { Records, Verifications } from './proof.tsx'
import { SignStep } from './sign-step.tsx'
import { Products, Team, Use } from './team-and-food.tsx'
import type { Written } from './written.ts'

/** A plan as it is written: twelve steps, each with what it lacks, and the signature at the end. */
export function WriteScreen({ id, onSigned }: { id: string; onSigned: (planId: string) => void }) {
  const plan = usePlan(id, { anew: true })
  const { can } = useViewer()
  // What was kept from an earlier look may be older than what was saved since.
  if (plan.isPending || (!plan.isFetchedAfterMount && !plan.isError)) return <SkeletonRows />
  if (plan.isError) return <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
  if (!can('haccp.write', plan.data.locationId)) return <NoPermission />
  return <WithChoices plan={plan.data} onSigned={onSigned} />
}

function WithChoices({ plan, onSigned }: { plan: HaccpPlan; onSigned: (planId: string) => void }) {
  const choices = usePlanChoices(plan.locationId)
  if (choices.isPending) return <SkeletonRows />
  if (choices.isError) return <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />
  return <Writing plan={plan} choices={choices.data} onSigned={onSigned} />
}

function Writing({
  plan,
  choices,
  onSigned,
}: {
  plan: HaccpPlan
  choices: PlanChoices
  onSigned: (id: string) => void
}) {
  const t = useTranslations('haccp')
  const [at, setAt] = useState<Place>('team')
  const today = useTodayAt(plan.locationId)
  const draft = usePlanDraft(plan, at, setAt)
  useUndoKeys(draft)
  const missing = missingIn(draft.draft, choices)
  const all: readonly Place[] = [...STEPS, 'sign']
  const n = all.indexOf(at)
  const go = (to: Place | undefined) => {
    if (!to) return
    setAt(to)
    window.scrollTo({ top: 0 })
  }
  const here = missing.filter(({ step }) => step === at)
  const written = { plan: draft, choices, today }
  return (
    <>
      <PageHeader
        title={plan.name}
        text={choices.location.name}
        back={{
          href: plan.inForce ? `/audits/haccp/plan?id=${plan.id}` : '/audits/haccp',
          label: plan.inForce ? t('write.back') : t('plan.back'),
        }}
        actions={
          <>
            <IconButton
              label={t('write.undo')}
              icon={<Undo2 aria-hidden />}
              aria-keyshortcuts="Control+Z Meta+Z"
              disabled={!draft.undo}
              onClick={draft.undo}
            />
            <IconButton
              label={t('write.redo')}
              icon={<Redo2 aria-hidden />}
              aria-keyshortcuts="Control+Shift+Z Control+Y Meta+Shift+Z"
              disabled={!draft.redo}
              onClick={draft.redo}
            />
            <PlanMenu plan={plan} />
          </>
        }
      />
      {plan.archivedAt !== null && <ArchivedNote plan={plan} />}
      <SaveLine draft={draft} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <StepList all={all} at={at} missing={missing} onGo={go} />
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <header>
            <h2 className="text-xl font-semibold tracking-[-0.015em]">
              {at !== 'sign' && `${n + 1}. `}
              {t(`steps.${at}`)}
            </h2>
            <p className="mt-1 max-w-2xl text-[0.9375rem] text-ink-muted">{t(`about.${at}`)}</p>
          </header>
          {at !== 'sign' && here.length > 0 && <MissingList missing={here} />}
          <StepFields at={at} written={written} missing={missing} planId={plan.id} onGo={go} onSigned={onSigned} />
          <div className="mt-2 flex justify-between gap-3">
            <Button disabled={n === 0} onClick={() => go(all[n - 1])}>
              <ArrowLeft aria-hidden />
              {t('write.previous')}
            </Button>
            {at !== 'sign' && (
              <Button look="primary" onClick={() => go(all[n + 1])}>
                {t('write.next')}
                <ArrowRight aria-hidden />
              </Button>
            )}
          </div>
        </div>
      </div>
    </>
  )
}

function StepFields({
  at,
  written,
  missing,
  planId,
  onGo,
  onSigned,
}: {
  at: Place
  written: Written
  missing: readonly Missing[]
  planId: string
  onGo: (step: Step) => void
  onSigned: (planId: string) => void
}) {
  switch (at) {
    case 'team':
      return <Team {...written} />
    case 'product':
      return <Products {...written} />
    case 'use':
      return <Use {...written} />
    case 'flow':
      return <Flow {...written} />
    case 'confirmation':
      return <Confirmed {...written} />
    case 'hazards':
      return <Hazards {...written} />
    case 'points':
      return <Points {...written} />
    case 'limits':
      return <Limits {...written} />
    case 'monitoring':
      return <Monitoring {...written} />
    case 'corrections':
      return <Corrections {...written} />
    case 'verification':
      return <Verifications {...written} />
    case 'records':
      return <Records {...written} />
    case 'sign':
      return <SignStep {...written} missing={missing} planId={planId} onGo={onGo} onSigned={() => onSigned(planId)} />
  }
}

/**
 * The way through the plan: beside it on a wide screen, to be chosen from on a phone. Positioned, so that what only a
 * screen reader sees stays within what scrolls.
 */
function StepList({
  all,
  at,
  missing,
  onGo,
}: {
  all: readonly Place[]
  at: Place
  missing: readonly Missing[]
  onGo: (to: Place) => void
}) {
  const t = useTranslations('haccp')
  return (
    <nav aria-label={t('write.steps')} className="min-w-0 lg:sticky lg:top-20">
      <ol className="relative flex gap-1 overflow-x-auto pb-1 lg:grid lg:overflow-visible">
        {all.map((step, n) => {
          const count = step === 'sign' ? missing.length : missing.filter((one) => one.step === step).length
          return (
            <li key={step}>
              <button
                type="button"
                aria-current={step === at ? 'step' : undefined}
                onClick={() => onGo(step)}
                className={cx(
                  'flex min-h-target w-full items-center gap-2.5 rounded-lg px-3 text-start text-sm whitespace-nowrap -outline-offset-2! hover:bg-sunken',
                  step === at ? 'bg-accent-tint font-semibold text-accent-ink' : 'text-ink',
                )}
              >
                <StatusShape tone={count > 0 ? 'warn' : step === 'sign' ? 'accent' : 'ok'} />
                <span className="flex-1">
                  {step !== 'sign' && <span className="tabular-nums">{n + 1}. </span>}
                  {t(`steps.${step}`)}
                </span>
                <span className="sr-only">{count > 0 ? t('write.lacks', { count }) : t('write.complete')}</span>
                {count > 0 && (
                  <span aria-hidden className="rounded-full bg-sunken px-2 text-xs leading-5 text-ink tabular-nums">
                    {count}
                  </span>
                )}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

/** By keys too, in a field as well: there the browser would take back only what was typed into that field. */
function useUndoKeys({ undo, redo }: PlanDraft) {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      const isRedo = key === 'y' || (key === 'z' && event.shiftKey)
      if (key !== 'z' && !isRedo) return
      event.preventDefault()
      if (isRedo) redo?.()
      else undo?.()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [undo, redo])
}

const SAVE_TONES = {
  saved: 'ok',
  waiting: 'neutral',
  saving: 'neutral',
  offline: 'warn',
  conflict: 'danger',
  refused: 'danger',
} as const

function SaveLine({ draft }: { draft: PlanDraft }) {
  const t = useTranslations('haccp.save')
  return (
    <div className="mb-4 grid gap-3">
      <p role="status">
        <StatusBadge tone={SAVE_TONES[draft.state]}>{t(draft.state)}</StatusBadge>
      </p>
      {draft.state === 'conflict' && (
        <>
          <p className="max-w-2xl text-[0.9375rem]">{t('conflictText')}</p>
          <div className="flex flex-wrap gap-3">
            <Button look="primary" onClick={draft.keepMine}>
              {t('keepMine')}
            </Button>
            <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
          </div>
        </>
      )}
      {draft.state === 'refused' && (
        <>
          <RefusalText error={draft.error} />
          <Button className="justify-self-start" onClick={draft.retry}>
            {t('again')}
          </Button>
        </>
      )}
    </div>
  )
}
