'use client'
import { MendsHere } from '@opsflow/platform/client/sync/mended'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ButtonLink,
  cx,
  EmptyState,
  IconButton,
  NoPermission,
  SkeletonRows,
  useClock,
} from '@opsflow/platform/web'
import { ArrowLeft, ArrowRight, ChevronLeft, ListChecks, Rows3 } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'
import { useChecklistHere } from '../../client/index.ts'
import type { Progress } from '../../steps.ts'
import { AddEntry } from './add-entry.tsx'
import { type CameBack, CameBackOver, useCameBack } from './came-back.tsx'
import { Done } from './done.tsx'
import { Finish } from './finish.tsx'
import { HandedOver } from './handed-over.tsx'
import { PresenceOf } from './lazy-presence.tsx'
import { FindingsOf, LastTime, LiveScore, StandingScore } from './lazy-score.tsx'
import { firstOwed, type Page, pagesOf } from './pages.ts'
import { StepCard } from './step-card.tsx'
import type { Typed } from './step-input.tsx'
import { WholeList } from './whole-list.tsx'

const over: ReadonlySet<Checklist['status']> = new Set(['completed', 'empty', 'missed', 'withdrawn'])

/**
 * A checklist in one hand: one item after another, the next always under the thumb, or the whole list at a glance. It
 * lives on this device; everything is kept as it is answered, whoever goes on with it.
 */
export function DoScreen({
  id,
  back,
  scanned,
}: {
  id: string
  back: string | undefined
  /** A code of the wall that led here. */
  scanned?: string | undefined
}) {
  const t = useTranslations('doing.step')
  const viewer = useViewer()
  const { isReady } = useSyncStatus()
  const now = useClock()
  const here = useChecklistHere(id)
  const { list, form, answers } = here
  const cameBack = useCameBack(id)
  if (list && !viewer.can('checklists.read', list.locationId)) return <NoPermission />
  if (!list || !form) {
    if (!isReady) return <SkeletonRows rows={6} />
    return (
      <EmptyState
        icon={<ListChecks aria-hidden />}
        title={t('notHere')}
        action={<ButtonLink href={`/checklists/record?id=${id}`}>{t('openRecord')}</ButtonLink>}
      >
        {t('notHereText')}
      </EmptyState>
    )
  }
  const isOver = over.has(list.status) || (list.missedAt !== null && Date.parse(list.missedAt) < now)
  const mayDo = viewer.can('checklists.do', list.locationId)
  return (
    <div className="mx-auto grid w-full max-w-xl grid-cols-[minmax(0,1fr)] gap-5 md:min-h-[calc(100dvh-8.75rem)] md:grid-rows-[auto_1fr_auto]">
      <Head list={list} progress={here.progress} back={back}>
        {!isOver && <LiveScore {...here} list={list} form={form} />}
        {!isOver && form.content.scoring && <HandedOver list={list} mayHand={mayDo} />}
        <PresenceOf list={list} form={form} mayShow={mayDo && !isOver} scanned={scanned} />
      </Head>
      {isOver || !mayDo ? (
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
          <CameBackOver form={form} cameBack={cameBack} />
          <Done list={list} form={form} answers={answers} cameBack={cameBack}>
            {list.status === 'completed' && <StandingScore {...here} list={list} form={form} />}
            <FindingsOf list={list} form={form} />
          </Done>
        </div>
      ) : (
        <Flow key={id} {...here} list={list} form={form} cameBack={cameBack} />
      )}
    </div>
  )
}

function Head({
  list,
  progress,
  back,
  children,
}: {
  list: Checklist
  progress: Progress
  back: string | undefined
  children: ReactNode
}) {
  const t = useTranslations('doing.step')
  const done = progress.asked === 0 ? 1 : progress.answered / progress.asked
  return (
    <header className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex items-center gap-2">
        {back && (
          <ButtonLink look="quiet" href={back} aria-label={t('back')} className="-ms-3 px-3">
            <ChevronLeft aria-hidden className="rtl:rotate-180" />
          </ButtonLink>
        )}
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold tracking-[-0.01em]">{list.name}</h1>
        <span className="text-sm font-medium text-ink-muted tabular-nums">
          {t('progress', { answered: progress.answered, asked: progress.asked })}
        </span>
      </div>
      <div
        role="progressbar"
        aria-label={t('progressLabel')}
        aria-valuenow={progress.answered}
        aria-valuemin={0}
        aria-valuemax={progress.asked}
        className="h-2 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={cx(
            'h-full rounded-full transition-[width] duration-(--calm)',
            progress.failed > 0 ? 'bg-warn' : 'bg-ok',
          )}
          style={{ width: `${Math.round(done * 100)}%` }}
        />
      </div>
      {children}
    </header>
  )
}

type Here = ReturnType<typeof useChecklistHere>

function Flow({
  list,
  form,
  answers,
  units,
  steps,
  cameBack,
}: Here & { list: Checklist; form: NonNullable<Here['form']>; cameBack: CameBack | undefined }) {
  const t = useTranslations('doing.step')
  const pages = pagesOf(form, steps)
  // What came back is opened at its place; its answer is done with before the list says so.
  const [chosen, setKey] = useState(cameBack?.key)
  // Until someone touches anything it follows what arrives; then it stays where they are.
  const key = chosen ?? firstOwed(pages)
  const [isWhole, setIsWhole] = useState(false)
  const typed: Typed = useRef(null)
  const at = useRef(0)
  const found = pages.findIndex((page) => page.key === key)
  const index = found === -1 ? Math.min(at.current, pages.length - 1) : found
  useEffect(() => {
    at.current = index
  }, [index])
  const page = pages[index]
  const open = (next: string) => {
    setIsWhole(false)
    setKey(next)
    scrollTo({ top: 0 })
  }
  const [leaves, setLeaves] = useState<{ key: string; by: number }>()
  // To the page after the one just answered, as the list is once that answer shows in it.
  useEffect(() => {
    if (!leaves) return
    setLeaves(undefined)
    open(pages[pages.findIndex((one) => one.key === leaves.key) + leaves.by]?.key ?? 'finish')
  })
  async function step(by: number) {
    if (!typed.current || (await typed.current())) setLeaves({ key: page?.key ?? '', by })
  }
  if (!page) return null
  return (
    <>
      <div
        className="grid grid-cols-[minmax(0,1fr)] content-start gap-5 pb-28 md:pb-8"
        onPointerDownCapture={() => setKey(page.key)}
        onKeyDownCapture={() => setKey(page.key)}
      >
        {!pages.some(({ key: one }) => one === cameBack?.key) && <CameBackOver form={form} cameBack={cameBack} />}
        {isWhole ? (
          <WholeList pages={pages} onOpen={open} />
        ) : (
          <MendsHere when={page.key === cameBack?.key}>
            <PageOf
              key={page.key}
              {...{ page, list, form, answers, units, steps, typed }}
              cameBack={page.key === cameBack?.key ? cameBack : undefined}
              onOpen={open}
              onGoOn={() => setLeaves({ key: page.key, by: 1 })}
            />
          </MendsHere>
        )}
      </div>
      <nav
        aria-label={t('steps')}
        data-foot-bar
        className="fixed inset-x-0 bottom-[calc(4rem+env(safe-area-inset-bottom))] z-20 border-t border-line bg-raised/95 px-4 py-2.5 backdrop-blur md:sticky md:inset-x-auto md:bottom-4 md:rounded-xl md:border md:shadow-raised"
      >
        <div className="mx-auto flex max-w-xl items-center gap-2">
          <IconButton
            label={t('previous')}
            icon={<ArrowLeft aria-hidden className="rtl:rotate-180" />}
            className="size-14"
            disabled={isWhole || index === 0}
            onClick={() => void step(-1)}
          />
          <Button
            look="quiet"
            aria-pressed={isWhole}
            className="h-14 px-4"
            onClick={() => setIsWhole((before) => !before)}
          >
            <Rows3 aria-hidden />
            {t('wholeList')}
          </Button>
          <Button
            look={page.kind === 'finish' ? 'secondary' : 'primary'}
            className="h-14 flex-1 text-base"
            disabled={!isWhole && page.kind === 'finish'}
            onClick={() => (isWhole ? open(firstOwed(pages)) : void step(1))}
          >
            {isWhole ? t('goOn') : t('next')}
            <ArrowRight aria-hidden className="rtl:rotate-180" />
          </Button>
        </div>
      </nav>
    </>
  )
}

function PageOf({
  page,
  typed,
  cameBack,
  onOpen,
  onGoOn,
  ...here
}: Pick<Here, 'answers' | 'units' | 'steps'> & {
  page: Page
  list: Checklist
  form: NonNullable<Here['form']>
  typed: Typed
  cameBack: CameBack | undefined
  onOpen: (key: string) => void
  onGoOn: () => void
}) {
  const { list, form, units } = here
  const said = cameBack?.kind === 'answer' ? cameBack.said : undefined
  if (page.kind === 'step') {
    return (
      <StepCard {...{ list, step: page.step, units, typed, said, onGoOn }}>
        <LastTime form={form} list={list} step={page.step} />
      </StepCard>
    )
  }
  if (page.kind === 'add') {
    const [first] = page.section.items
    return (
      <AddEntry
        list={list}
        section={page.section}
        begun={page.begun}
        said={said?.value?.kind === 'entry' ? said.value.label : ''}
        onAdded={(entryId) => first && onOpen(`${first.id} ${entryId}`)}
      />
    )
  }
  return <Finish {...here} cameBack={cameBack} onOpen={onOpen} />
}
