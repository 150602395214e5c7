'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Field, Input, Panel, Select, SkeletonRows, Switch } from '@opsflow/platform/web'
import { ArrowLeft, Check } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AuditImport, ImportPlace, Look } from '../audit-import.ts'
import { type PlacesAsked, useBeginImport, usePlaces, useSayPlaces } from '../client/index.ts'
import { Notice } from './notice.tsx'
import { ProblemText } from './problem-text.tsx'

const SHOWS: readonly PlacesAsked['show'][] = ['all', 'proposed', 'placed', 'open']

/** Which place is which of ours, said by a person. What nobody places is not imported, and counted. */
export function PlacesStep({ one, look, onBack }: { one: AuditImport; look: Look; onBack: () => void }) {
  const t = useTranslations('imports')
  const viewer = useViewer()
  const begin = useBeginImport(one.id)
  const canMake = look.templates.some(({ canBeMade, templateId }) => canBeMade && !templateId)
  const [wantsTemplates, setWantsTemplates] = useState(canMake && viewer.can('checklists.manage'))
  const [asked, setAsked] = useState<PlacesAsked>({ show: 'all', q: '' })
  const places = usePlaces(one.id, asked)
  const say = useSayPlaces(one.id)
  const counts = places.data?.pages[0]?.counts
  const items = places.data?.pages.flatMap((page) => page.items) ?? []
  const proposed = items.filter(({ proposed, locationId }) => proposed && !locationId).slice(0, 200)

  function confirmAll() {
    say.mutate(proposed.map(({ id, proposed }) => ({ placeId: id, locationId: proposed?.locationId ?? null })))
  }

  return (
    <>
      <Panel
        title={t('places')}
        hint={counts && t('placesHint', { placed: counts.placed, all: counts.all, rows: counts.rowsPlaced })}
        actions={
          <div className="flex flex-wrap gap-2">
            <Button onClick={onBack}>
              <ArrowLeft aria-hidden />
              {t('back')}
            </Button>
            <Button
              look="primary"
              busy={begin.isPending}
              disabled={!counts || (counts.placed === 0 && !wantsTemplates)}
              onClick={() => begin.mutate(wantsTemplates)}
            >
              {t('importRows', { count: counts?.rowsPlaced ?? 0 })}
            </Button>
          </div>
        }
      >
        <div className="grid gap-4">
          <Notice tone="info">{t('placesText')}</Notice>
          {canMake && viewer.can('checklists.manage') && (
            <Switch label={t('makeTemplates')} checked={wantsTemplates} onChange={setWantsTemplates} />
          )}
          {begin.error && <ProblemText error={begin.error} />}
          <div className="grid gap-3 sm:grid-cols-[1fr_14rem_auto] sm:items-end">
            <Field label={t('search')}>
              <Input
                type="search"
                value={asked.q}
                onChange={(event) => setAsked({ ...asked, q: event.target.value.slice(0, 100) })}
              />
            </Field>
            <Field label={t('show')}>
              <Select
                value={asked.show}
                onChange={(event) => setAsked({ ...asked, show: event.target.value as PlacesAsked['show'] })}
              >
                {SHOWS.map((show) => (
                  <option key={show} value={show}>
                    {t(`shows.${show}`)}
                  </option>
                ))}
              </Select>
            </Field>
            {proposed.length > 0 && (
              <Button busy={say.isPending} onClick={confirmAll}>
                <Check aria-hidden />
                {t('confirmAll', { count: proposed.length })}
              </Button>
            )}
          </div>
          {say.error && <ProblemText error={say.error} />}
        </div>
      </Panel>
      <Panel title={t('whichIsWhich')} flush>
        {places.isPending ? (
          <SkeletonRows className="p-5" />
        ) : items.length === 0 ? (
          <p className="p-5 text-ink-muted">{t('noPlaces')}</p>
        ) : (
          <ul className="divide-y divide-line">
            {items.map((place) => (
              <PlaceRow
                key={place.id}
                place={place}
                onSay={(locationId) => say.mutate([{ placeId: place.id, locationId }])}
              />
            ))}
          </ul>
        )}
        {places.hasNextPage && (
          <div className="border-t border-line p-3 text-center">
            <Button look="quiet" busy={places.isFetchingNextPage} onClick={() => void places.fetchNextPage()}>
              {t('morePlaces')}
            </Button>
          </div>
        )}
      </Panel>
    </>
  )
}

function PlaceRow({ place, onSay }: { place: ImportPlace; onSay: (locationId: string | null) => void }) {
  const t = useTranslations('imports')
  const viewer = useViewer()
  const { name, licence, address, rows, proposed, locationId } = place
  const called = name || address || licence || t('unnamedPlace')
  const mine = viewer.locations.filter(({ id }) => viewer.can('imports.run', id))
  const nameOf = (id: string) => mine.find((location) => location.id === id)?.name ?? ''
  return (
    <li className="grid gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[1fr_16rem] sm:items-center sm:px-5">
      <div className="min-w-0">
        <p className="text-[0.9375rem] leading-snug font-medium wrap-anywhere">{called}</p>
        <p className="dotted flex flex-wrap text-sm text-ink-muted">
          {licence && <span>{licence}</span>}
          {address && <span>{address}</span>}
          <span>{t('rowsOf', { count: rows })}</span>
        </p>
        {proposed && !locationId && (
          <Button look="quiet" className="-ms-3" onClick={() => onSay(proposed.locationId)}>
            <Check aria-hidden />
            {t(`proposed.${proposed.by}`, { name: nameOf(proposed.locationId) })}
          </Button>
        )}
      </div>
      <Select
        aria-label={t('isOurs', { name: called })}
        value={locationId ?? ''}
        onChange={(event) => onSay(event.target.value || null)}
      >
        <option value="">{t('notOurs')}</option>
        {mine.map(({ id, name: own }) => (
          <option key={id} value={id}>
            {own}
          </option>
        ))}
      </Select>
    </li>
  )
}
