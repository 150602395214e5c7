'use client'
import type { EditionId } from '@opsflow/capabilities/temperature'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ErrorState,
  Field,
  NoPermission,
  PageHeader,
  SignButton,
  SkeletonRows,
  TextArea,
  useToast,
} from '@opsflow/platform/web'
import { RotateCcw, Snowflake, Sun } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useNote, useNow, usePlace, useProcess, useVerify } from '../client/index.ts'
import { dateMarkOf, judgedAt, judgeProcess } from '../judge-process.ts'
import type { Process } from '../process.ts'
import { processRules } from '../process-rules.ts'
import type { Verdict } from '../verdict.ts'
import { FinishProcess } from './finish-process.tsx'
import { Label } from './label.tsx'
import { RefusalText } from './refusal-text.tsx'
import { StepsList } from './steps-list.tsx'
import { TakeReading } from './take-reading.tsx'
import { VerdictCard } from './verdict-card.tsx'

/** One food and its clock: where it stands, the keypad, how it ends, and all that was done. */
export function ProcessScreen({ id, back }: { id: string; back?: string | undefined }) {
  const t = useTranslations('processes')
  const { process, error, refetch } = useProcess(id)
  const viewer = useViewer()
  if (!process) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={6} />
  if (!viewer.can('processes.read', process.locationId)) return <NoPermission />
  return (
    <>
      <PageHeader
        {...(back && { back: { href: back, label: t('title') } })}
        title={process.product}
        text={[t(`kinds.${process.kind}`), process.batch, process.amount].filter(Boolean).join(' · ')}
      />
      <Standing key={process.id} process={process} />
    </>
  )
}

function Standing({ process }: { process: Process }) {
  const viewer = useViewer()
  const now = judgedAt(process, useNow())
  const here = usePlace(process.locationId)
  const viewed = viewer.locations.find(({ id }) => id === process.locationId)
  const place = here ?? viewed ?? { timezone: 'UTC', temperatureUnit: 'F' as const }
  const verdict = judgeProcess(process, now, place.timezone)
  const runs = process.state === 'running' && viewer.can('processes.run', process.locationId)
  const reheats = process.kind === 'cooling' && verdict.remedies.includes('reheat')
  const isMarked = process.kind === 'date_mark' || process.kind === 'time_control'
  const takes = runs && process.kind !== 'date_mark' && (verdict.result === 'running' || reheats)
  return (
    <div className="grid gap-4 lg:grid-cols-2 lg:items-start">
      <div className="grid gap-4">
        {process.kind !== 'date_mark' || process.state !== 'running' || verdict.result === 'failed' ? (
          <VerdictCard process={process} verdict={verdict} now={now} place={place} />
        ) : null}
        {isMarked && process.state === 'running' && verdict.result !== 'failed' && (
          <Label process={process} timezone={place.timezone} />
        )}
        {takes && (
          <TakeReading
            process={process}
            now={now}
            step={reheats ? 'reheat' : 'reading'}
            holdSeconds={holdSecondsOf(process, reheats)}
          />
        )}
      </div>
      <div className="grid gap-4 print:hidden">
        {runs && <Events process={process} verdict={verdict} timezone={place.timezone} />}
        {runs && <FinishProcess process={process} verdict={verdict} />}
        {process.needsVerification && process.state === 'finished' && <Verify process={process} />}
        <StepsList
          process={process}
          mayCorrect={process.state !== 'verified' && viewer.can('processes.run', process.locationId)}
        />
      </div>
    </div>
  )
}

/** For how long the food has to be held at the temperature that is asked for. */
function holdSecondsOf({ plan, edition }: Process, isReheat: boolean): number {
  const rules = processRules(edition as EditionId)
  if (isReheat) return rules.cooling.reheat.holdSeconds
  if (plan.kind === 'reheating') return rules.reheating[plan.food].holdSeconds
  if (plan.kind === 'cooking') return rules.cooking.find(({ id }) => id === plan.rule)?.holdSeconds ?? 0
  return 0
}

/** Into the freezer and out of it; back under temperature control. */
function Events({ process, verdict, timezone }: { process: Process; verdict: Verdict; timezone: string }) {
  const t = useTranslations('processes.events')
  const note = useNote()
  const record = (event: 'froze' | 'thawed' | 'returned') =>
    note.mutate({ processId: process.id, id: crypto.randomUUID(), event })
  if (process.kind !== 'date_mark' && process.kind !== 'time_control') return null
  if (verdict.result === 'failed') return null
  const isFrozen = process.kind === 'date_mark' && dateMarkOf(process, timezone).lastUseDate === null
  return (
    <div className="grid gap-2">
      {process.kind === 'date_mark' && (
        <Button
          className="min-h-14 text-base"
          busy={note.isPending}
          onClick={() => record(isFrozen ? 'thawed' : 'froze')}
        >
          {isFrozen ? <Sun aria-hidden /> : <Snowflake aria-hidden />}
          {t(isFrozen ? 'thaw' : 'freeze')}
        </Button>
      )}
      {process.kind === 'time_control' && (
        <Button className="min-h-14 text-base" busy={note.isPending} onClick={() => record('returned')}>
          <RotateCcw aria-hidden />
          {t('return')}
        </Button>
      )}
      {note.error && <RefusalText error={note.error} />}
    </div>
  )
}

/** Offered to someone who took no part; everyone else reads who is awaited. */
function Verify({ process }: { process: Process }) {
  const t = useTranslations('processes.verify')
  const viewer = useViewer()
  const toast = useToast()
  const verify = useVerify()
  const [note, setNote] = useState('')
  const tookPart = process.beganBy?.id === viewer.memberId || process.steps.some(({ by }) => by?.id === viewer.memberId)
  const mayVerify = !tookPart && viewer.can('processes.verify', process.locationId)
  return (
    <section
      aria-label={t('title')}
      className="grid gap-4 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5"
    >
      <div>
        <h2 className="text-lg font-semibold tracking-[-0.01em]">{t('title')}</h2>
        <p className="mt-1 text-[0.9375rem] text-ink-muted">{t(mayVerify ? 'text' : tookPart ? 'other' : 'manager')}</p>
      </div>
      {mayVerify && (
        <>
          <Field label={t('note')} optional={t('optional')}>
            <TextArea value={note} maxLength={1000} onChange={(event) => setNote(event.target.value)} />
          </Field>
          {verify.error && <RefusalText error={verify.error} />}
          <SignButton
            ask={t('signWithPin')}
            busy={verify.isPending}
            onSign={(signedBy) =>
              verify.mutate(
                { processId: process.id, id: crypto.randomUUID(), note, signedBy },
                { onSuccess: () => toast({ message: t('done') }) },
              )
            }
          >
            {t('action')}
          </SignButton>
        </>
      )}
    </section>
  )
}
