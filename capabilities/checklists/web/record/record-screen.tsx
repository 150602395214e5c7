'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  buttonClass,
  ErrorState,
  PageHeader,
  SkeletonRows,
  StatusBadge,
  type Tone,
} from '@opsflow/platform/web'
import { FileDown, Printer } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Answer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import { useChecklistHere, useRecord } from '../../client/index.ts'
import type { ChecklistForm } from '../../form.ts'
import { standingAnswers } from '../../standing-answers.ts'
import { standingOf } from '../../standing-of.ts'
import { VerifyForm } from '../doing/done.tsx'
import { asksWhere } from '../doing/lazy-presence.tsx'
import { FindingsOf, StandingScore } from '../doing/lazy-score.tsx'
import { usePresenceWords } from '../doing/use-presence-words.ts'
import { KeptScore } from './kept-score.tsx'
import { LookAtThis } from './look-at-this.tsx'
import { RecordAnswers } from './record-answers.tsx'
import { Signatures } from './signatures.tsx'

/** What was done, as it can be shown to anyone: from this device while it is here, from the server later. */
export function RecordScreen({ id }: { id: string }) {
  const { isReady } = useSyncStatus()
  const here = useChecklistHere(id)
  const isHere = here.list !== undefined && here.form !== undefined
  const asked = useRecord(id, isReady && !isHere)
  if (here.list && here.form) {
    const { list, form, answers } = here
    return (
      <Record list={list} form={form} answers={answers}>
        {list.status === 'completed' && <StandingScore {...here} list={list} form={form} />}
      </Record>
    )
  }
  if (asked.data) {
    const { checklist, form, answers, units } = asked.data
    return (
      <Record list={checklist} form={form} answers={answers} units={units}>
        {checklist.status === 'completed' && form.content.scoring && <KeptScore list={checklist} />}
      </Record>
    )
  }
  if (asked.isError) return <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
  return <SkeletonRows rows={8} />
}

const tones: Record<ReturnType<typeof standingOf>, Tone> = {
  hidden: 'neutral',
  todo: 'neutral',
  due: 'accent',
  late: 'warn',
  done: 'ok',
  done_late: 'warn',
  empty: 'neutral',
  missed: 'danger',
  withdrawn: 'neutral',
}

function Record({
  list,
  form,
  answers,
  units,
  children,
}: {
  list: Checklist
  form: ChecklistForm
  answers: readonly Answer[]
  units?: readonly { id: string; name: string }[]
  children: ReactNode
}) {
  const t = useTranslations('doing.record')
  const viewer = useViewer()
  const place = viewer.locations.find(({ id }) => id === list.locationId)
  const isDone = list.status === 'completed' || list.status === 'empty'
  return (
    <div className="mx-auto grid w-full max-w-3xl gap-6 print:max-w-none print:gap-4 print:text-[11pt]">
      <PageHeader
        title={list.name}
        text={[place?.name, list.day].filter(Boolean).join(' · ')}
        actions={
          <div className="flex flex-wrap gap-2 print:hidden">
            <Button onClick={() => print()}>
              <Printer aria-hidden />
              {t('print')}
            </Button>
            {!viewer.isShared && <Download list={list} as="pdf" />}
            {!viewer.isShared && <Download list={list} as="csv" />}
          </div>
        }
      />
      <Facts list={list} form={form} answers={answers} />
      {children}
      <FindingsOf list={list} form={form} />
      <LookAtThis list={list} form={form} />
      <RecordAnswers list={list} form={form} answers={answers} units={units} />
      <Signatures list={list} form={form} answers={answers} />
      {isDone && (
        <div className="print:hidden">
          <VerifyForm list={list} form={form} answers={answers} />
        </div>
      )}
    </div>
  )
}

function Download({ list, as }: { list: Checklist; as: 'pdf' | 'csv' }) {
  const t = useTranslations('doing.record')
  const { organizationId } = useViewer()
  return (
    <a
      href={`/api/v1/checklists/${list.id}/record.${as}?${new URLSearchParams({ organizationId })}`}
      download
      className={buttonClass()}
    >
      <FileDown aria-hidden />
      {t(as)}
    </a>
  )
}

function Facts({ list, form, answers }: { list: Checklist; form: ChecklistForm; answers: readonly Answer[] }) {
  const t = useTranslations('doing.record')
  const format = useFormatter()
  const viewer = useViewer()
  const timeZone = viewer.locations.find(({ id }) => id === list.locationId)?.timezone
  const standing = standingOf(list, Date.now())
  const time = (at: string | null) =>
    at && format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short', ...(timeZone && { timeZone }) })
  const words = usePresenceWords()
  const judged = useMemo(() => judgedOf(answers), [answers])
  const rows: [string, string | null | undefined][] = [
    [t('day'), list.day],
    [t('due'), time(list.dueAt)],
    [t('started'), said(list.startedBy?.name, time(list.startedAt))],
    ...(list.handOvers ?? []).map(({ to, by, at, note }): [string, string | null] => [
      t('handedTo', { name: to.name }),
      said(by?.name, time(at), note),
    ]),
    ...(asksWhere(form) && (list.presences ?? []).length === 0
      ? [[t('presence'), t('presenceNot')] as [string, string]]
      : []),
    ...(list.presences ?? []).map((one): [string, string | null] => [
      t('presence'),
      said(words.verdict(one), words.how(one), one.by?.name, time(one.at)),
    ]),
    [t('completed'), said(list.completedBy?.name, time(list.completedAt))],
    [t('score'), judged.of === 0 ? null : `${judged.passed} / ${judged.of}`],
    [t('title'), t('version', { version: form.version })],
  ]
  const word = {
    done: t('onTime'),
    done_late: t('late'),
    empty: t('empty'),
    missed: t('missed'),
    withdrawn: t('withdrawn'),
  }[standing as string]
  const isVerified = list.signOffs.some(({ meaning }) => meaning === 'verified')
  return (
    <section className="rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5 print:shadow-none">
      <div className="flex flex-wrap gap-2">
        <StatusBadge tone={tones[standing]}>{word ?? t('notOver')}</StatusBadge>
        {list.needsVerification && (
          <StatusBadge tone={isVerified ? 'ok' : 'warn'}>{t(isVerified ? 'verifiedYes' : 'awaits')}</StatusBadge>
        )}
      </div>
      {list.reason && <p className="mt-3">{list.reason}</p>}
      {list.excuse && (
        <p className="mt-3">
          {t('excused', { name: list.excuse.by?.name ?? t('someone'), reason: list.excuse.reason })}
        </p>
      )}
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 text-sm sm:grid-cols-3">
        {rows
          .filter(([, text]) => text)
          .map(([name, text]) => (
            <div key={`${name} ${text}`}>
              <dt className="text-ink-muted">{name}</dt>
              <dd className="font-medium">{text}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}

const said = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(', ') || null

function judgedOf(answers: readonly Answer[]) {
  const judged = [...standingAnswers(answers).values()].filter(
    ({ outcome }) => outcome === 'pass' || outcome === 'fail',
  )
  return { of: judged.length, passed: judged.filter(({ outcome }) => outcome === 'pass').length }
}
