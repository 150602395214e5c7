'use client'
import { auditsMessages, toneOf, useScoreWords } from '@opsflow/capabilities/audits/web'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  Card,
  cx,
  ErrorState,
  Link,
  MoreWords,
  SkeletonRows,
  StatusShape,
  type Tone,
  useClock,
} from '@opsflow/platform/web'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useAuditCalendar, useToday } from '../../client/index.ts'
import type { PlannedAudit } from '../../view-routes.ts'
import { DayNumber, MonthGrid, MonthSteps, monthOf } from '../views/month.tsx'
import { noonOf } from '../views/params.ts'
import { visitsMessages } from './messages.ts'

/** A month of audits: planned by schedules, done with what they came to, missed. */
export default function AuditCalendar(props: { locationId: string | undefined }) {
  return (
    <MoreWords of={auditsMessages}>
      <MoreWords of={visitsMessages}>
        <Calendar {...props} />
      </MoreWords>
    </MoreWords>
  )
}

function Calendar({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('visits.calendar')
  const format = useFormatter()
  const today = useToday(locationId, useClock())
  const [chosen, setChosen] = useState<string>()
  const [at, setAt] = useState(today)
  const { first, last } = monthOf(at)
  const asked = useAuditCalendar({ from: first, to: last, ...(locationId && { locationId }) })
  const goTo = (day: string) => {
    setAt(day)
    setChosen(undefined)
  }
  const days = new Map<string, PlannedAudit[]>()
  for (const audit of asked.data?.items ?? []) days.set(audit.day, [...(days.get(audit.day) ?? []), audit])
  const props = { days, today, chosen, onChoose: setChosen, severalPlaces: locationId === undefined }
  const name = format.dateTime(noonOf(first), { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return (
    <div className="grid grid-cols-1 gap-4">
      <MonthSteps
        day={first}
        today={today}
        name={name}
        words={{ before: t('before'), after: t('after'), thisMonth: t('thisMonth') }}
        onGo={goTo}
      />
      {asked.isError && !asked.data && <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.isPending && <SkeletonRows rows={6} />}
      {asked.data?.tooMany && <p className="text-ink-muted">{t('tooMany')}</p>}
      {asked.data && !asked.data.tooMany && (
        <>
          <Month {...props} first={first} name={name} />
          <ChosenDay {...props} />
          <Agenda {...props} />
        </>
      )}
    </div>
  )
}

type DaysProps = {
  days: ReadonlyMap<string, readonly PlannedAudit[]>
  today: string
  chosen: string | undefined
  onChoose: (day: string | undefined) => void
  severalPlaces: boolean
}

/** As many as a day of the month shows; the rest is under the day. */
const SHOWN = 3

function Month({ first, name, ...props }: DaysProps & { first: string; name: string }) {
  const format = useFormatter()
  return (
    <MonthGrid
      day={first}
      today={props.today}
      name={name}
      weekday={(day) => format.dateTime(noonOf(day), { weekday: 'short', timeZone: 'UTC' })}
      className="max-lg:hidden"
      cellClass="h-28 p-1.5"
    >
      {(day) => <Cell day={day} {...props} />}
    </MonthGrid>
  )
}

function Cell({ day, days, today, chosen, onChoose, severalPlaces }: DaysProps & { day: string }) {
  const t = useTranslations('visits.calendar')
  const long = useLongDay()
  const audits = days.get(day) ?? []
  if (audits.length === 0) {
    return (
      <>
        <span className="sr-only">{`${long(day)}: ${t('nothing')}`}</span>
        <DayNumber day={day} today={today} className="px-1.5" />
      </>
    )
  }
  return (
    <>
      <button
        type="button"
        aria-pressed={day === chosen}
        aria-label={t('dayOf', { day: long(day), count: audits.length })}
        onClick={() => onChoose(day === chosen ? undefined : day)}
        className={cx(
          'flex min-h-target w-full items-center justify-between gap-2 rounded-lg px-1.5 hover:bg-sunken',
          day === chosen && 'bg-sunken',
        )}
      >
        <DayNumber day={day} today={today} className="px-1.5" />
        {audits.length > SHOWN && (
          <span aria-hidden className="text-xs text-ink-muted">
            {t('more', { count: audits.length - SHOWN })}
          </span>
        )}
      </button>
      <ul className="grid gap-0.5">
        {worstFirst(audits)
          .slice(0, SHOWN)
          .map((audit) => (
            <li key={keyOf(audit)} className="flex min-w-0 items-center gap-1.5 px-1.5 text-[0.8125rem]">
              <StatusShape tone={toneIn(audit)} className="size-4 shrink-0" />
              <span className="truncate">{severalPlaces ? <Place id={audit.locationId} /> : audit.name}</span>
              <span className="ms-auto shrink-0">
                <Came audit={audit} short />
              </span>
            </li>
          ))}
      </ul>
    </>
  )
}

/** Beneath the month: the audits of the day that was chosen, with the way to each. */
function ChosenDay({ days, chosen }: DaysProps) {
  const t = useTranslations('visits.calendar')
  const long = useLongDay()
  return (
    <section aria-live="polite" className="max-lg:hidden">
      {chosen === undefined ? (
        <p className="text-sm text-ink-muted">{t('pick')}</p>
      ) : (
        <Card>
          <h3 className="px-4 pt-3 text-[0.9375rem] font-semibold first-letter:uppercase">{long(chosen)}</h3>
          <AuditList audits={days.get(chosen) ?? []} />
        </Card>
      )}
    </section>
  )
}

/** Where a month has no room: the days that have an audit, one after the other. */
function Agenda({ days, today, chosen, onChoose }: DaysProps) {
  const t = useTranslations('visits.calendar')
  const long = useLongDay()
  if (days.size === 0) return <p className="p-5 text-center text-ink-muted lg:hidden">{t('empty')}</p>
  return (
    <div className="grid gap-3 lg:hidden">
      {[...days].map(([day, audits]) => {
        const shown = day === chosen ? audits : worstFirst(audits).slice(0, SHOWN)
        return (
          <Card key={day} className={cx(day === today && 'border-accent')}>
            <section aria-current={day === today ? 'date' : undefined}>
              <h3 className="px-4 pt-3 text-[0.9375rem] font-semibold first-letter:uppercase">{long(day)}</h3>
              <AuditList audits={shown} />
              {audits.length > shown.length && (
                <div className="border-t border-line p-2 text-center">
                  <Button look="quiet" onClick={() => onChoose(day)}>
                    {t('more', { count: audits.length - shown.length })}
                  </Button>
                </div>
              )}
            </section>
          </Card>
        )
      })}
    </div>
  )
}

function AuditList({ audits }: { audits: readonly PlannedAudit[] }) {
  const t = useTranslations('visits.calendar')
  return (
    <ul className="divide-y divide-line">
      {worstFirst(audits).map((audit) => (
        <li key={keyOf(audit)} className="flex flex-wrap items-center gap-x-3 px-4 py-1.5">
          <StatusShape tone={toneIn(audit)} />
          <span className="min-w-0 flex-1 basis-48">
            <AuditName audit={audit} />
            <span className="block text-sm text-ink-muted">
              <Place id={audit.locationId} />
            </span>
          </span>
          <span className="text-sm text-ink-muted">{t(`state.${audit.state}`)}</span>
          <Came audit={audit} />
        </li>
      ))}
    </ul>
  )
}

function AuditName({ audit: { checklistId, name, state } }: { audit: PlannedAudit }) {
  if (checklistId === null) return <span className="font-medium">{name}</span>
  const page = state === 'open' || state === 'late' ? 'do' : 'record'
  return (
    <Link
      href={`/checklists/${page}?id=${checklistId}`}
      className="inline-flex min-h-target items-center rounded font-medium hover:underline"
    >
      {name}
    </Link>
  )
}

function Came({ audit: { came, state }, short }: { audit: PlannedAudit; short?: boolean }) {
  const t = useTranslations('visits.calendar')
  const { figure } = useScoreWords()
  if (came) {
    return (
      <bdi dir="ltr" className="font-semibold tabular-nums">
        {figure({ ...came, costs: { length: came.found } })}
      </bdi>
    )
  }
  return short ? <span className="text-ink-muted">{t(`state.${state}`)}</span> : null
}

function Place({ id }: { id: string }) {
  return useViewer().locations.find((place) => place.id === id)?.name ?? ''
}

function useLongDay() {
  const format = useFormatter()
  return (day: string) =>
    format.dateTime(noonOf(day), { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
}

const tones: Record<PlannedAudit['state'], Tone> = {
  ...{ missed: 'danger', late: 'warn', done_late: 'warn', open: 'accent' },
  ...{ excused: 'info', empty: 'neutral', on_time: 'ok', planned: 'neutral' },
}
/** Once it has a score, that says more than when it was done. */
const toneIn = ({ came, state }: PlannedAudit): Tone => (came ? toneOf(came) : tones[state])

const ORDER = Object.keys(tones)
const worstFirst = (audits: readonly PlannedAudit[]) =>
  [...audits].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state))
const keyOf = ({ checklistId, locationId, templateId, dueAt }: PlannedAudit) =>
  checklistId ?? `${locationId} ${templateId} ${dueAt}`
