'use client'
import {
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Panel,
  SkeletonRows,
  StatusBadge,
  useErrorText,
} from '@opsflow/platform/web'
import { MailX, Plus, Send } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useEndMailing, useMailings, useReleaseSending, useTakeOverMailing } from '../client/index.ts'
import type { Mailing, Sending } from '../mailing.ts'
import type { PackLanguage } from '../pack.ts'
import { BeginMailing } from './begin-mailing.tsx'

/** What goes out by e-mail, to whom, when next, and what became of it. */
export function MailingsPanel({ locationId, language }: { locationId: string; language: PackLanguage }) {
  const t = useTranslations('reports.mailings')
  const mailings = useMailings(locationId)
  const [beginning, setBeginning] = useState(false)
  const isOn = mailings.data?.mailIsOn
  return (
    <Panel
      flush
      title={t('title')}
      actions={
        isOn && (
          <Button look="quiet" onClick={() => setBeginning(true)}>
            <Plus aria-hidden />
            {t('regularly')}
          </Button>
        )
      }
    >
      {mailings.isPending ? (
        <SkeletonRows className="p-5" />
      ) : mailings.isError ? (
        <ErrorState error={mailings.error} onRetry={mailings.refetch} />
      ) : mailings.data.items.length === 0 ? (
        <EmptyState compact icon={isOn ? <Send aria-hidden /> : <MailX aria-hidden />} title={t(isOn ? 'none' : 'off')}>
          {t(isOn ? 'noneText' : 'offText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {mailings.data.items.map((mailing) => (
            <MailingRow key={mailing.id} mailing={mailing} />
          ))}
        </ul>
      )}
      {beginning && <BeginMailing locationId={locationId} language={language} onClose={() => setBeginning(false)} />}
    </Panel>
  )
}

function MailingRow({ mailing }: { mailing: Mailing }) {
  const t = useTranslations('reports.mailings')
  const format = useFormatter()
  const end = useEndMailing()
  const [asking, setAsking] = useState(false)
  const { givenTo, every, recipients, dueAt, endedAt, waitsForGaps, createdBy, keptBy } = mailing
  const isPaused = mailing.pausedAt !== null && endedAt === null
  const day = (instant: string) => format.dateTime(new Date(instant), { dateStyle: 'medium' })
  return (
    <li className="px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-medium break-words">{givenTo}</p>
          <p className="text-sm break-words text-ink-muted">{recipients.join(', ')}</p>
          <p className="text-sm text-ink-muted">
            {[
              t(`every.${every}`),
              endedAt ? t('ended', { day: day(endedAt) }) : !isPaused && t('next', { day: day(dueAt) }),
              !endedAt && waitsForGaps && t('waits'),
              keptBy && keptBy.id !== createdBy?.id && t('under', { name: keptBy.name }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        {!endedAt && (
          <Button look="quiet" aria-label={`${givenTo}: ${t('end')}`} onClick={() => setAsking(true)}>
            {t('end')}
          </Button>
        )}
      </div>
      {isPaused && <Paused mailing={mailing} />}
      {mailing.sendings.length > 0 && (
        <ul className="mt-2 grid gap-1" aria-label={t('sendings')}>
          {mailing.sendings.map((sending) => (
            <SendingRow key={sending.id} sending={sending} of={mailing} />
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={asking}
        title={t('endQuestion', { name: givenTo })}
        action={t('end')}
        busy={end.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => end.mutate(mailing.id, { onSettled: () => setAsking(false) })}
      >
        {t('endText')}
      </ConfirmDialog>
    </li>
  )
}

/** Whoever may send these records has it go on with one tap. */
function Paused({ mailing: { id, givenTo, keptBy, pausedAt } }: { mailing: Mailing }) {
  const t = useTranslations('reports.mailings')
  const format = useFormatter()
  const errorText = useErrorText()
  const takeOver = useTakeOverMailing()
  const day = format.dateTime(new Date(pausedAt ?? 0), { dateStyle: 'medium' })
  return (
    <div className="mt-2 grid gap-2 rounded-lg bg-warn-tint p-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <StatusBadge tone="warn">{t('states.paused')}</StatusBadge>
        <span className="min-w-0 flex-1 basis-64 text-pretty">
          {t('pausedText', { name: keptBy?.name ?? '–', day })}
        </span>
      </p>
      <Button
        look="primary"
        className="justify-self-start"
        aria-label={`${givenTo}: ${t('takeOver')}`}
        busy={takeOver.isPending}
        onClick={() => takeOver.mutate(id)}
      >
        {t('takeOver')}
      </Button>
      {takeOver.error && (
        <p role="alert" className="text-sm font-medium text-danger">
          {errorText(takeOver.error)}
        </p>
      )}
    </div>
  )
}

const TONES = {
  waiting: 'warn',
  queued: 'neutral',
  sending: 'neutral',
  sent: 'ok',
  failed: 'danger',
  unknown: 'warn',
  too_much: 'danger',
  paused: 'warn',
} as const

function SendingRow({ sending, of }: { sending: Sending; of: Mailing }) {
  const t = useTranslations('reports.mailings')
  const errorText = useErrorText()
  const release = useReleaseSending()
  const { from, to, state, gaps, sentTo } = sending
  const missing = of.recipients.filter((one) => !sentTo.includes(one))
  const sentOnce = state === 'failed' || state === 'unknown'
  const isReleasable = of.pausedAt === null && (sentOnce || state === 'waiting')
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <span className="tabular-nums">{t('covers', { from, to })}</span>
      <StatusBadge tone={TONES[state]}>{t(`states.${state}`)}</StatusBadge>
      <span className="min-w-0 flex-1 basis-48 text-ink-muted empty:hidden">
        {gaps > 0 && t('gaps', { count: gaps })}
        {state === 'too_much' && t('tooMuch')}
        {state === 'failed' && ` ${t('notReached', { who: missing.join(', ') })}`}
      </span>
      {isReleasable && (
        <Button look="quiet" busy={release.isPending} onClick={() => release.mutate(sending.id)}>
          {sentOnce ? t('sendAgain') : t('sendNow')}
        </Button>
      )}
      {release.error && (
        <span role="alert" className="basis-full font-medium text-danger">
          {errorText(release.error)}
        </span>
      )}
    </li>
  )
}
