'use client'
import { Button, Dialog, ErrorState, Field, SkeletonRows, TextArea } from '@opsflow/platform/web'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { usePublish, usePublishPreview } from '../../client/index.ts'
import type { ChecklistTemplate } from '../../template.ts'
import type { PublishPreview } from '../../template-records.ts'
import { DifferenceList } from './difference-list.tsx'
import { RefusalText } from './refusal-text.tsx'

/** What publishing would touch is seen before it is done. */
export function PublishDialog({
  id,
  revision,
  onPublished,
  onClose,
}: {
  id: string
  revision: () => number
  onPublished: (after: ChecklistTemplate) => void
  onClose: () => void
}) {
  const t = useTranslations('templates.publishing')
  const preview = usePublishPreview(id)
  const publish = usePublish()
  const [note, setNote] = useState('')
  const isWhole = preview.data?.problems.length === 0
  return (
    <Dialog
      open
      onClose={onClose}
      place="sheet"
      title={preview.data ? t('title', { version: preview.data.nextVersion }) : t('looking')}
      footer={
        <>
          <Button onClick={onClose}>{t('notYet')}</Button>
          <Button
            look="primary"
            disabled={!isWhole}
            busy={publish.isPending}
            onClick={() => publish.mutate({ id, revision: revision(), note }, { onSuccess: onPublished })}
          >
            {t('publish')}
          </Button>
        </>
      }
    >
      {preview.isPending && <SkeletonRows />}
      {preview.isError && <ErrorState compact error={preview.error} onRetry={preview.refetch} />}
      {preview.data && (
        <div className="grid gap-5">
          {isWhole ? (
            <Touched preview={preview.data} />
          ) : (
            <p className="text-sm font-medium text-danger">{t('incomplete')}</p>
          )}
          {isWhole && (
            <Field label={t('note')} hint={t('noteHint')}>
              <TextArea rows={2} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
            </Field>
          )}
          {publish.error && <RefusalText error={publish.error} />}
        </div>
      )}
    </Dialog>
  )
}

function Touched({
  preview: { locations, moreLocations, schedules, differences, nextVersion },
}: {
  preview: PublishPreview
}) {
  const t = useTranslations('templates.publishing')
  const format = useFormatter()
  const whenIn = ({ dueAt, timezone }: NonNullable<PublishPreview['schedules'][number]['from']>) =>
    format.dateTime(new Date(dueAt), {
      ...{ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
      timeZone: timezone,
    })
  const waiting = locations.reduce((sum, location) => sum + location.waiting, 0)
  const begun = locations.reduce((sum, location) => sum + location.begun, 0)
  return (
    <>
      <section className="grid gap-2">
        <h3 className="text-[0.9375rem] font-semibold">{t('who')}</h3>
        {locations.length === 0 ? (
          <p className="text-sm text-ink-muted">{t('nobody')}</p>
        ) : (
          <>
            <p className="text-sm">{t('places', { count: locations.length + moreLocations, waiting, begun })}</p>
            <ul className="max-h-52 divide-y divide-line overflow-y-auto rounded-lg border border-line text-sm">
              {locations.map((location) => (
                <li key={location.id} className="flex flex-wrap items-baseline justify-between gap-x-3 px-3 py-2">
                  <span className="font-medium">{location.name}</span>
                  <span className="text-ink-muted">
                    {t('here', { waiting: location.waiting, begun: location.begun })}
                    {location.hasLocalChanges && ` · ${t('localChanges')}`}
                  </span>
                </li>
              ))}
            </ul>
            {moreLocations > 0 && <p className="text-sm text-ink-muted">{t('more', { count: moreLocations })}</p>}
          </>
        )}
        {schedules.length > 0 && (
          <ul className="grid gap-1 pt-1 text-sm">
            {schedules.map(({ id, name, locationCount, from }) => (
              <li key={id}>
                <span className="font-medium">{name}</span>{' '}
                <span className="text-ink-muted">
                  {t('scheduled', { count: locationCount })}
                  {from && ` · ${t('scheduledFrom', { when: whenIn(from), place: from.locationName })}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      {nextVersion > 1 && (
        <section className="grid gap-2">
          <h3 className="text-[0.9375rem] font-semibold">{t('whatChanges')}</h3>
          <DifferenceList differences={differences} />
        </section>
      )}
    </>
  )
}
