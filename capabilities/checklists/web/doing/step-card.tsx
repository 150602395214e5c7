'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Link, StatusBadge } from '@opsflow/platform/web'
import { CircleSlash, MessageSquarePlus, Undo2, Wrench } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Answer, AnswerValue } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import type { Item } from '../../item.ts'
import type { Step, UnitHere } from '../../steps.ts'
import { AnsweredBy } from './answered-by.tsx'
import { AnswerCameBack, type Said } from './came-back.tsx'
import { ItemPicture } from './item-picture.tsx'
import { Disputed } from './lazy-disputed.tsx'
import { LimitText } from './limit-text.tsx'
import { MoreSheet } from './more-sheet.tsx'
import { StepInput, type Typed } from './step-input.tsx'
import { type Answering, useAnswering } from './use-answering.ts'

/** One thing to do, as large as it can be: what is asked, what is answered, and what goes with it. */
export function StepCard({
  list,
  step,
  units,
  typed,
  said,
  onGoOn,
  children,
}: {
  list: Checklist
  step: Step
  units: readonly UnitHere[]
  typed: Typed
  /** An answer to it that was refused: what is given now takes its place. */
  said: Said | undefined
  /** Answered, and nothing more is owed here. */
  onGoOn: () => void
  /** What is known of it beside its own text. */
  children: ReactNode
}) {
  const t = useTranslations('doing.step')
  const { item, entry, answer } = step
  const answering = useAnswering(list, step, said)
  const [asksMore, setAsksMore] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])

  async function give(value: AnswerValue) {
    const kept = await answering.give(value, kept1(answer))
    if (!kept) return
    if (kept.outcome === 'fail') return setAsksMore(true)
    if (goesOnItself(item, value)) onGoOn()
  }

  async function giveAgain({ value, notApplicable, becomesTask }: Said) {
    if (await answering.give(value, { notApplicable, becomesTask })) onGoOn()
  }

  return (
    <article className="grid gap-5">
      <header className="grid gap-1.5">
        <p className="text-sm font-medium text-ink-muted">
          {[step.section.title, entry?.label].filter(Boolean).join(' · ')}
        </p>
        <h2
          ref={heading}
          tabIndex={-1}
          className="text-2xl leading-tight font-semibold tracking-[-0.02em] text-pretty outline-none"
        >
          {item.label}
          {!item.required && item.kind !== 'instruction' && (
            <span className="ms-2 align-middle text-sm font-normal text-ink-muted">{t('optional')}</span>
          )}
        </h2>
        {item.help && <p className="text-[0.9375rem] whitespace-pre-line text-ink-muted">{item.help}</p>}
        <LimitText item={item} unitId={entry?.id} units={units} locationId={list.locationId} />
      </header>
      {said && <AnswerCameBack item={item} said={said} onAgain={() => void giveAgain(said)} />}
      {children}
      {step.isDisputed && <Disputed step={step} answering={answering} />}
      {item.picture && <ItemPicture picture={item.picture} label={item.label} />}
      <StepInput
        key={`${item.id} ${entry?.id ?? ''} ${inputEdition(item, answer)}`}
        item={item}
        value={answer?.outcome === 'not_applicable' ? null : (answer?.value ?? null)}
        said={said?.value ?? null}
        entryId={entry?.id ?? null}
        locationId={list.locationId}
        units={units}
        answering={answering}
        onGiven={(value) => void give(value)}
        typed={typed}
      />
      {answer && answer.outcome !== 'cleared' && <Given step={step} onFix={() => setAsksMore(true)} />}
      {item.kind !== 'instruction' && (
        <Extras step={step} answering={answering} onMore={() => setAsksMore(true)} onGoOn={onGoOn} />
      )}
      <MoreSheet
        list={list}
        step={step}
        answering={answering}
        open={asksMore}
        onClose={() => setAsksMore(false)}
        onGoOn={onGoOn}
      />
    </article>
  )
}

/** An answer by one touch leads on; what was typed leads on as well. A signature or a photo stays in sight. */
const goesOnItself = ({ kind }: Item, value: AnswerValue) =>
  kind === 'pass_fail' ||
  kind === 'yes_no' ||
  kind === 'number' ||
  kind === 'temperature' ||
  (kind === 'choice' && value.kind === 'choice') ||
  kind === 'scan'

/** A note and photos that were there before an answer stay with it; those of a failing one belong to that failing. */
const kept1 = (answer: Answer | undefined) =>
  answer && answer.outcome !== 'fail' && answer.note !== '' ? { note: answer.note } : {}

/** What someone else answered meanwhile is shown; what is being typed here is not thrown away by one’s own note. */
const inputEdition = ({ kind }: Item, answer: Answer | undefined) =>
  kind === 'photo' || kind === 'moment' || kind === 'text' ? '' : JSON.stringify(answer?.value ?? null)

function Given({ step: { item, answer }, onFix }: { step: Step; onFix: () => void }) {
  const t = useTranslations('doing.step')
  if (!answer) return null
  const isUnit = answer.value?.kind === 'temperature' && answer.value.unitId !== null
  const readingId = answer.value?.kind === 'temperature' ? (answer.value.logId ?? answer.id) : answer.id
  const owes = answer.outcome === 'fail' && item.onFail !== null && answer.taskId === null
  return (
    <section aria-label={t('answer')} className="grid gap-3 rounded-xl border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        {answer.outcome === 'fail' && <StatusBadge tone="danger">{t('fails')}</StatusBadge>}
        {answer.outcome === 'pass' && <StatusBadge tone="ok">{t('passes')}</StatusBadge>}
        {answer.outcome === 'recorded' && <StatusBadge tone="neutral">{t('recorded')}</StatusBadge>}
        {answer.outcome === 'not_applicable' && <StatusBadge tone="neutral">{t('notApplicable')}</StatusBadge>}
        {owes && (
          <Button look="primary" onClick={onFix}>
            <Wrench aria-hidden />
            {t('fix')}
          </Button>
        )}
      </div>
      <AnsweredBy answer={answer} />
      {answer.outcome === 'fail' && isUnit && <CorrectiveLink readingId={readingId} />}
    </section>
  )
}

/** A unit out of its limit has a corrective action, under an id that follows from its reading. */
function CorrectiveLink({ readingId }: { readingId: string }) {
  const t = useTranslations('doing.step')
  const [id, setId] = useState<string>()
  useEffect(() => {
    void import('@opsflow/capabilities/temperature').then((rules) => setId(rules.correctiveActionIdOf(readingId)))
  }, [readingId])
  if (!id) return null
  return (
    <Link
      href={`/corrective-actions/one?id=${id}`}
      className="inline-flex min-h-target items-center font-medium text-accent-ink underline-offset-2 hover:underline"
    >
      {t('correctiveAction')}
    </Link>
  )
}

function Extras({
  step: { item, answer },
  answering,
  onMore,
  onGoOn,
}: {
  step: Step
  answering: Answering
  onMore: () => void
  onGoOn: () => void
}) {
  const t = useTranslations('doing.step')
  const viewer = useViewer()
  const isThere = answer !== undefined && answer.outcome !== 'cleared'
  async function skip() {
    if (await answering.give(null, { notApplicable: true })) onGoOn()
  }
  return (
    <div className="-mx-1 flex flex-wrap gap-1">
      {isThere && (
        <Button look="quiet" onClick={onMore}>
          <MessageSquarePlus aria-hidden />
          {t('notePhoto')}
        </Button>
      )}
      {item.mayBeNotApplicable && answer?.outcome !== 'not_applicable' && (
        <Button look="quiet" onClick={() => void skip()}>
          <CircleSlash aria-hidden />
          {t('doesNotApply')}
        </Button>
      )}
      {isThere && viewer.can('checklists.do') && (
        <Button look="quiet" onClick={() => void answering.clear()}>
          <Undo2 aria-hidden />
          {t('takeBack')}
        </Button>
      )}
    </div>
  )
}
