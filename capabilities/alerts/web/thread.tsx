'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, DoubtfulTime, Field, RelativeTime, TextArea, useClock, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { isHeld, useAcknowledgeMatter, useCloseMatter, useNoteOnMatter } from '../client/index.ts'
import type { Matter, MatterEvent, Notice } from '../matter.ts'

const HOLDS = [15, 30, 60, 120, 240]

/** The thread of a matter: what became of it, who was told when, and what one can still do about it. */
export default function Thread({ matter }: { matter: Matter }) {
  const t = useTranslations('alerts.thread')
  return (
    <div className="mt-3 grid gap-5 border-t border-line pt-4 lg:grid-cols-2">
      <section aria-label={t('told')}>
        <h3 className="text-sm font-semibold">{t('told')}</h3>
        {matter.told.length === 0 ? (
          <p className="mt-1 text-sm text-ink-muted">{t('nobody')}</p>
        ) : (
          <ul className="mt-1.5 grid gap-2">
            {matter.told.map((notice) => (
              <Told key={notice.member.id} notice={notice} />
            ))}
          </ul>
        )}
      </section>
      <section aria-label={t('title')}>
        <h3 className="text-sm font-semibold">{t('title')}</h3>
        <ol className="mt-1.5 grid gap-2">
          {matter.events.map((event) => (
            <Event key={event.id} event={event} />
          ))}
        </ol>
      </section>
      {matter.closedAt === null && <Deeds matter={matter} />}
    </div>
  )
}

function Told({ notice }: { notice: Notice }) {
  const t = useTranslations('alerts.thread')
  const ways = [...new Map(notice.sent.map((one) => [one.way, one])).values()].filter(
    ({ state }) => state !== 'not_needed',
  )
  const word = ({ way, state }: Notice['sent'][number]) =>
    state === 'failed' ? t(`waysFailed.${way}`) : state === 'sent' ? t(`ways.${way}`) : t(`waysWaiting.${way}`)
  return (
    <li className="text-sm">
      <p className="font-medium">{notice.member.name}</p>
      <p className="dotted flex flex-wrap text-ink-muted">
        <RelativeTime at={notice.lastAt} />
        {notice.times > 1 && <span>{t('times', { count: notice.times })}</span>}
        <span>{[t('inbox'), ...ways.map(word)].join(', ')}</span>
        <span>
          {notice.seenAt === null
            ? t('unseen')
            : t.rich('seen', { time: () => <RelativeTime at={notice.seenAt ?? ''} /> })}
        </span>
      </p>
    </li>
  )
}

function Event({ event }: { event: MatterEvent }) {
  return (
    <li className="text-sm">
      <p>
        <Happened event={event} /> <span className="text-ink-muted">· </span>
        <span className="text-ink-muted">
          <RelativeTime at={event.at} />
        </span>
      </p>
      {event.note && <p className="mt-0.5 whitespace-pre-wrap text-pretty">{event.note}</p>}
      {event.timeQuality === 'doubtful' && <DoubtfulTime />}
    </li>
  )
}

function Happened({ event }: { event: MatterEvent }) {
  const t = useTranslations('alerts.thread')
  const name = event.by?.name ?? t('someone')
  const { until } = event
  switch (event.event) {
    case 'acknowledged':
      return until === null
        ? t('acknowledged', { name })
        : t.rich('acknowledgedUntil', { name, time: () => <RelativeTime at={until} /> })
    case 'note':
      return t('note', { name })
    case 'closed':
      return event.by ? t('closedBy', { name }) : t('closed')
    default:
      return t(event.event)
  }
}

/** Put it off, write a note to it, close it by hand. */
function Deeds({ matter }: { matter: Matter }) {
  const viewer = useViewer()
  const may = (permission: string) => viewer.can(permission, matter.locationId)
  if (!may('alerts.acknowledge')) return null
  return (
    <div className="grid gap-4 lg:col-span-2 lg:grid-cols-2">
      <Say matter={matter} mayClose={may('alerts.lead')} />
      <Later matter={matter} />
    </div>
  )
}

function Later({ matter }: { matter: Matter }) {
  const t = useTranslations('alerts')
  const toast = useToast()
  const write = useAcknowledgeMatter()
  const held = isHeld(matter, useClock())
  const put = (holdMinutes: number) =>
    write.mutate(
      { id: crypto.randomUUID(), matterId: matter.id, holdMinutes },
      {
        onSuccess: () => toast({ message: t('acknowledged') }),
        onError: () => toast({ message: t('failed'), tone: 'danger' }),
      },
    )
  return (
    <fieldset className="grid content-start gap-1.5" data-held={held || undefined}>
      <legend className="text-sm font-medium">{t('later')}</legend>
      <p className="text-sm text-ink-muted">{t('laterText')}</p>
      <div className="flex flex-wrap gap-2">
        {HOLDS.map((minutes) => (
          <Button key={minutes} busy={write.isPending} onClick={() => put(minutes)}>
            {t('hold', { minutes })}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}

function Say({ matter, mayClose }: { matter: Matter; mayClose: boolean }) {
  const t = useTranslations('alerts')
  const toast = useToast()
  const [text, setText] = useState('')
  const note = useNoteOnMatter()
  const close = useCloseMatter()
  const isEmpty = text.trim() === ''
  const given = () => ({ id: crypto.randomUUID(), matterId: matter.id, note: text })
  const after = (message: string) => ({
    onSuccess: () => {
      setText('')
      toast({ message })
    },
    onError: () => toast({ message: t('failed'), tone: 'danger' as const }),
  })
  return (
    <form
      className="grid content-start gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isEmpty) note.mutate(given(), after(t('noted')))
      }}
    >
      <Field label={t('note')}>
        <TextArea
          value={text}
          maxLength={1000}
          rows={2}
          placeholder={t('notePlaceholder')}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" disabled={isEmpty} busy={note.isPending}>
          {t('send')}
        </Button>
        {mayClose && (
          <Button
            look="quiet"
            disabled={isEmpty}
            busy={close.isPending}
            onClick={() => close.mutate(given(), after(t('closed')))}
          >
            {t('close')}
          </Button>
        )}
      </div>
      {mayClose && isEmpty && <p className="text-sm text-ink-muted">{t('closeText')}</p>}
    </form>
  )
}
