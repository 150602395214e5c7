'use client'
import { ErrorState, Field, Panel, Select, SkeletonRows } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import type { useSchedulePreview } from '../../client/index.ts'
import type { SchedulePreview } from '../../schedule.ts'
import { More } from './more.tsx'

const NEXT_SHOWN = 5
type Preview = { preview: ReturnType<typeof useSchedulePreview>; onPlace: (id: string) => void }

/** Where it will be done and when next, by the server’s own rules, before anything is saved. */
export function PreviewPanel({ preview, onPlace, lack }: Preview & { lack: string | undefined }) {
  const t = useTranslations('schedules.preview')
  return (
    <Panel title={t('title')}>
      <div aria-live="polite" aria-busy={preview.isFetching} className="grid gap-4">
        {lack !== undefined && !preview.data && <p className="text-sm text-ink-muted">{lack}</p>}
        {preview.isLoading && <SkeletonRows rows={3} />}
        {preview.isError && <ErrorState compact error={preview.error} onRetry={preview.refetch} />}
        {preview.data && !preview.isError && <Told preview={preview.data} onPlace={onPlace} />}
      </div>
    </Panel>
  )
}

function Told({
  preview: { locations, moreLocations, previewAt, next },
  onPlace,
}: {
  preview: SchedulePreview
  onPlace: (id: string) => void
}) {
  const t = useTranslations('schedules.preview')
  const format = useFormatter()
  if (!previewAt) return <p className="text-sm font-medium text-danger">{t('nowhere')}</p>
  const clock = (at: string) =>
    format.dateTime(new Date(at), { hour: 'numeric', minute: '2-digit', timeZone: previewAt.timezone })
  const dayAndTime = (at: string) =>
    format.dateTime(new Date(at), {
      ...{ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
      timeZone: previewAt.timezone,
    })
  const first = next[0]
  return (
    <>
      <div>
        <p className="font-medium">{t('places', { count: locations.length + moreLocations })}</p>
        {locations.length > 1 && (
          <div className="mt-2">
            <More label={t('which')}>
              <ul className="max-h-52 overflow-y-auto text-sm">
                {locations.map(({ id, name }) => (
                  <li key={id} className="py-1">
                    {name}
                  </li>
                ))}
                {moreLocations > 0 && (
                  <li className="py-1 text-ink-muted">{t('morePlaces', { count: moreLocations })}</li>
                )}
              </ul>
            </More>
          </div>
        )}
      </div>
      {locations.length > 1 ? (
        <Field label={t('at')}>
          <Select value={previewAt.id} onChange={({ target }) => onPlace(target.value)}>
            {locations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : (
        <p className="text-sm font-medium">{t('nextAt', { name: previewAt.name })}</p>
      )}
      {next.length === 0 ? (
        <p className="text-sm font-medium text-danger">{t('never')}</p>
      ) : (
        <ol className="divide-y divide-line rounded-lg border border-line">
          {next.slice(0, NEXT_SHOWN).map(({ dueAt }) => (
            <li key={dueAt} className="px-3.5 py-2.5 text-[0.9375rem] tabular-nums">
              <time dateTime={dueAt}>{dayAndTime(dueAt)}</time>
            </li>
          ))}
        </ol>
      )}
      {first && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
          {(['visibleAt', 'dueAt', 'lateAt', 'missedAt'] as const).map((moment) => (
            <div key={moment} className="contents">
              <dt className="text-ink-muted">{t(`moments.${moment}`)}</dt>
              <dd className="tabular-nums">
                {sameDay(first[moment], first.dueAt, previewAt.timezone)
                  ? clock(first[moment])
                  : dayAndTime(first[moment])}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="text-sm text-ink-muted">{t('zone', { zone: previewAt.timezone.replaceAll('_', ' ') })}</p>
    </>
  )
}

const sameDay = (one: string, other: string, timeZone: string) => {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone })
  return day.format(new Date(one)) === day.format(new Date(other))
}
