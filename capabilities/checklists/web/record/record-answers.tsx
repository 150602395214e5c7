'use client'
import { PhotosOfRecord } from '@opsflow/capabilities/evidence/web'
import { useViewer } from '@opsflow/platform/client/viewer'
import { cx, DoubtfulTime, ReceivedLater, StatusShape, type Tone, UnsentMark } from '@opsflow/platform/web'
import { useMemo } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Answer } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import { useUnitName, useUnsentAnswers } from '../../client/index.ts'
import type { ChecklistForm } from '../../form.ts'
import type { Item } from '../../item.ts'
import { placeOf, standingAnswers } from '../../standing-answers.ts'
import { labelOfBegun } from '../doing/entry-label.ts'
import { ValueText } from '../doing/value-text.tsx'
import { EarlierAnswers } from './earlier-answers.tsx'

type Named = { id: string; name: string }
type Row = { item: Item; entry: string; answer: Answer | undefined; earlier: readonly Answer[] }

/** Every item with what stands, who said so and how well the time is known; what was said before lies under it. */
export function RecordAnswers({
  list,
  form,
  answers,
  units,
}: {
  list: Checklist
  form: ChecklistForm
  answers: readonly Answer[]
  /** As the server names them, also those that are no more. */
  units: readonly Named[] | undefined
}) {
  const unitName = useUnitName(units)
  const sections = useMemo(() => sectionsOf(form, answers, unitName), [form, answers, unitName])
  return (
    <>
      {sections.map(({ id, title, rows }) => (
        <section key={id}>
          {title && <h2 className="mb-2 break-after-avoid text-lg font-semibold tracking-[-0.01em]">{title}</h2>}
          <ul className="divide-y divide-line rounded-xl border border-line bg-surface shadow-card print:shadow-none">
            {rows.map((row) => (
              <li
                key={`${row.item.id} ${row.answer?.entryId ?? row.entry}`}
                className="break-inside-avoid px-4 py-3 sm:px-5"
              >
                <AnswerRow list={list} {...row} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

const tones: Record<Answer['outcome'], Tone> = {
  pass: 'ok',
  fail: 'danger',
  recorded: 'neutral',
  not_applicable: 'neutral',
  cleared: 'neutral',
}

function AnswerRow({ list, item, entry, answer, earlier }: Row & { list: Checklist }) {
  const t = useTranslations('doing.record')
  const isUnsent = useUnsentAnswers().has(answer?.id ?? '')
  return (
    <div className="flex gap-3">
      <StatusShape tone={answer ? tones[answer.outcome] : 'neutral'} className="mt-0.5 size-5" />
      <div className="grid min-w-0 flex-1 gap-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <p className="font-medium text-pretty">
            {entry && <span className="text-ink-muted">{entry} · </span>}
            {item.label}
          </p>
          <p className={cx('font-semibold tabular-nums', answer?.outcome === 'fail' && 'text-danger')}>
            {answer ? <ValueText item={item} answer={answer} /> : t('notAnswered')}
          </p>
        </div>
        {answer && <By list={list} answer={answer} />}
        {isUnsent && <UnsentMark />}
        {answer?.note && <p className="text-[0.9375rem] whitespace-pre-line">{answer.note}</p>}
        {answer?.value?.kind === 'signature' && answer.value.path && (
          <svg
            viewBox="0 0 600 200"
            role="img"
            aria-label={answer.value.name}
            className="h-20 w-60 rounded-lg bg-sunken"
          >
            <path d={answer.value.path} className="fill-none stroke-ink" strokeWidth="5" strokeLinecap="round" />
          </svg>
        )}
        {answer && answer.photos > 0 && <PhotosOfRecord ownerKind="checklist_answer" ownerId={answer.id} />}
        {answer?.taskId && <p className="text-sm font-medium text-warn">{t('task')}</p>}
        {earlier.length > 0 && (
          <EarlierAnswers label={t('history', { count: earlier.length })}>
            {earlier.map((one) => (
              <li key={one.id}>
                <span className="font-medium text-ink">
                  <ValueText item={item} answer={one} />
                </span>
                {one.note && <span> · {one.note}</span>}
                <By list={list} answer={one} />
              </li>
            ))}
          </EarlierAnswers>
        )}
      </div>
    </div>
  )
}

function By({ list, answer }: { list: Checklist; answer: Answer }) {
  const t = useTranslations('doing.record')
  const format = useFormatter()
  const viewer = useViewer()
  const timeZone = viewer.locations.find(({ id }) => id === list.locationId)?.timezone
  const time = format.dateTime(new Date(answer.answeredAt), {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(timeZone && { timeZone }),
  })
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-muted">
      <span>{t('given', { name: answer.answeredBy?.name ?? t('someone'), time })}</span>
      {answer.kiosk && <span>{answer.kiosk.name}</span>}
      {answer.timeQuality && answer.timeQuality !== 'doubtful' && <span>{t(`time.${answer.timeQuality}`)}</span>}
      {answer.timeQuality === 'doubtful' && <DoubtfulTime />}
      <ReceivedLater at={answer.answeredAt} receivedAt={answer.receivedAt} />
    </p>
  )
}

function sectionsOf({ content }: ChecklistForm, answers: readonly Answer[], unitName: (id: string) => string) {
  const standing = standingAnswers(answers)
  const earlierOf = (at: string) =>
    answers
      .filter((answer) => placeOf(answer) === at && standing.get(at) !== answer)
      .sort((one, other) => Date.parse(other.answeredAt) - Date.parse(one.answeredAt))
  return content.sections
    .map(({ id, title, repeat, items }) => {
      const entries = repeat === null ? [null] : entriesIn(items, id, answers)
      const rows = entries.flatMap((entryId) =>
        items
          .filter(({ kind }) => kind !== 'instruction')
          .map((item): Row => {
            const at = placeOf({ itemId: item.id, entryId })
            const entry = labelOfBegun(answers, entryId) || unitName(entryId ?? '')
            return { item, entry, answer: standing.get(at), earlier: earlierOf(at) }
          })
          .filter(({ answer, item }) => answer !== undefined || (item.showIf === null && entryId === null)),
      )
      return { id, title, rows }
    })
    .filter(({ rows }) => rows.length > 0)
}

/** The entries that anything was said of, in the order in which that began. */
function entriesIn(items: readonly Item[], sectionId: string, answers: readonly Answer[]): string[] {
  const own = answers
    .filter(
      ({ itemId, entryId }) => entryId !== null && (itemId === sectionId || items.some(({ id }) => id === itemId)),
    )
    .sort((one, other) => Date.parse(one.answeredAt) - Date.parse(other.answeredAt))
  return [...new Set(own.map(({ entryId }) => entryId ?? ''))]
}
