'use client'
import { useSyncStatus } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  Card,
  EmptyState,
  ErrorState,
  Field,
  NoPermission,
  PageHeader,
  Select,
  SkeletonRows,
  useClock,
  useToast,
} from '@opsflow/platform/web'
import { ClipboardList } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'
import { isOwnList, useBeginOfTemplate, useOpenChecklists, useTemplates } from '../../client/index.ts'
import { OpenChecklist } from '../doing/open-checklist.tsx'

type Opening = { locationId: string | undefined; onOpen: (id: string) => void }

/** What is to be done at a place now, the most pressing first; and a way to begin what no schedule asks for. */
export function TodayScreen({ locationId, onOpen }: Opening) {
  const t = useTranslations('doing.today')
  const viewer = useViewer()
  const { isReady } = useSyncStatus()
  const lists = useOpenChecklists(locationId, useClock())
  const isOwn = (list: Checklist) => isOwnList(list, viewer)
  const [own, others] = [lists.filter(isOwn), lists.filter((list) => !isOwn(list))]
  if (!viewer.can('checklists.read')) return <NoPermission />
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      {!isReady && lists.length === 0 && <SkeletonRows className="p-5" />}
      {isReady && lists.length === 0 && (
        <Card>
          <EmptyState compact icon={<ClipboardList aria-hidden />} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        </Card>
      )}
      <Lists lists={own} namesPlaces={locationId === undefined} onOpen={onOpen} />
      {others.length > 0 && (
        <section aria-labelledby="of-others" className="mt-8">
          <h2 id="of-others" className="mb-3 text-lg font-semibold">
            {t('ofOthers')}
          </h2>
          <Lists lists={others} namesPlaces={locationId === undefined} onOpen={onOpen} />
        </section>
      )}
      {viewer.can('checklists.do', locationId) && <BeginOne locationId={locationId} onOpen={onOpen} />}
    </>
  )
}

function Lists({
  lists,
  namesPlaces,
  onOpen,
}: {
  lists: readonly Checklist[]
  namesPlaces: boolean
  onOpen: Opening['onOpen']
}) {
  const { locations } = useViewer()
  return (
    <ul className="grid gap-2">
      {lists.map((list) => (
        <li key={list.id}>
          <OpenChecklist
            list={list}
            place={namesPlaces ? locations.find(({ id }) => id === list.locationId)?.name : undefined}
            onOpen={onOpen}
          />
        </li>
      ))}
    </ul>
  )
}

/** By the version in use there. The library is on the server: without a network only what is open can be done. */
function BeginOne({ locationId, onOpen }: Opening) {
  const t = useTranslations('doing.today')
  const viewer = useViewer()
  const toast = useToast()
  const asked = useTemplates('active')
  const starting = useBeginOfTemplate()
  const places = viewer.locations.filter(({ id }) => viewer.can('checklists.do', id))
  const [chosen, setChosen] = useState('')
  const place = locationId ?? (chosen || places[0]?.id)
  const templates = (asked.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter((one) => one.publishedVersion !== null)

  const start = (templateId: string) => {
    if (!place) return
    const id = crypto.randomUUID()
    starting.mutate(
      { id, templateId, locationId: place },
      { onSuccess: () => onOpen(id), onError: () => toast({ message: t('failed'), tone: 'danger' }) },
    )
  }
  return (
    <section aria-labelledby="begin-one" className="mt-8">
      <h2 id="begin-one" className="mb-3 text-lg font-semibold">
        {t('beginOne')}
      </h2>
      <Card className="p-4 sm:p-5">
        {asked.isPending && <SkeletonRows />}
        {asked.isError && <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.isSuccess && templates.length === 0 && <p className="text-ink-muted">{t('noTemplates')}</p>}
        {templates.length > 0 && locationId === undefined && places.length > 1 && (
          <Field label={t('place')} className="mb-4 max-w-sm">
            <Select value={place ?? ''} onChange={(event) => setChosen(event.target.value)}>
              {places.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <ul className="grid gap-2 sm:grid-cols-2">
          {templates.map(({ id, name }) => (
            <li key={id}>
              <Button className="h-14 w-full justify-start" disabled={starting.isPending} onClick={() => start(id)}>
                {name}
              </Button>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  )
}
