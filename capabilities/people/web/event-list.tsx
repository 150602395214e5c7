'use client'
import { Avatar, Button, EmptyState, ErrorState, RelativeTime, SkeletonRows } from '@opsflow/platform/web'
import { History } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { type EventFilter, useEvents, useGroupPath, useRoles } from '../client/index.ts'
import type { AuditEvent } from '../event.ts'
import { isPermission } from '../roles.ts'
import { isBuiltIn } from './role-and-place.tsx'
import { usePermissionMeaning, useRoleName } from './words.tsx'

/** What was changed, newest first: who, what, and from what to what. */
export function EventList({ filter, compact = false }: { filter: EventFilter; compact?: boolean }) {
  const t = useTranslations('people.events')
  const events = useEvents(filter, compact ? 10 : 50)
  if (events.isPending) return <SkeletonRows className="p-5" />
  if (events.isError) return <ErrorState error={events.error} onRetry={events.refetch} compact={compact} />
  const all = events.data.pages.flatMap(({ items }) => items)
  if (all.length === 0) {
    return (
      <EmptyState compact={compact} icon={<History aria-hidden />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <>
      <ol aria-label={t('title')} className="divide-y divide-line">
        {all.map((event) => (
          <EventRow key={event.id} event={event} namesSubject={!compact} />
        ))}
      </ol>
      {events.hasNextPage && (
        <div className="flex justify-center border-t border-line p-3">
          <Button busy={events.isFetchingNextPage} onClick={() => events.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  )
}

function EventRow({ event, namesSubject }: { event: AuditEvent; namesSubject: boolean }) {
  const t = useTranslations('people.events')
  const name = useEventName()
  const actor = event.actor.name ?? t(event.actor.kind === 'system' ? 'system' : 'unknown')
  const changes = useChanges(event)
  return (
    <li className="flex gap-3 px-4 py-3 sm:px-5">
      <Avatar name={actor} />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="text-[0.9375rem]">
          <span className="font-medium">{name(event.name)}</span>
          {namesSubject && event.subject.name && <span className="text-ink-muted"> · {event.subject.name}</span>}
        </p>
        {changes.length > 0 && (
          <dl className="mt-1 grid gap-0.5 text-sm">
            {changes.map(({ field, before, after }) => (
              <div key={field} className="flex flex-wrap gap-x-1.5">
                <dt className="text-ink-muted">{field}</dt>
                <dd className="min-w-0 break-words">
                  {before && <del className="text-ink-muted">{before}</del>} {after}
                </dd>
              </div>
            ))}
          </dl>
        )}
        <p className="mt-1 text-sm text-ink-muted">
          {t('by', { name: actor })}
          {event.actor.kioskId && ` · ${t('atKiosk')}`}
          {event.location && ` · ${event.location.name}`} · <RelativeTime at={event.at} />
        </p>
      </div>
    </li>
  )
}

/** `people.role_granted` in the reader's language; one nobody has put into words yet is spelt out. */
export function useEventName() {
  const t = useTranslations('people.events.names')
  return (name: string) => (t.has(name) ? t(name) : sentence(name))
}

const sentence = (name: string) => {
  const words = (name.split('.')[1] ?? name).replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The fields that people can read; ids of rows say nothing to anybody. */
function useChanges({ before, after }: AuditEvent) {
  const t = useTranslations('people.events.fields')
  const roleName = useRoleName()
  const roles = useRoles()
  const groupPath = useGroupPath()
  const meaning = usePermissionMeaning()
  const told = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return ''
    if (field === 'role' && typeof value === 'string') return isBuiltIn(value) ? roleName({ role: value }) : value
    if (field === 'roleId') return roles.data?.items.find(({ id }) => id === value)?.name ?? ''
    if ((field === 'groupId' || field === 'parentId') && typeof value === 'string') return groupPath(value)
    if (Array.isArray(value)) {
      const words = value.filter((one): one is string => typeof one === 'string' && !isId(one))
      return words.map((one) => (isPermission(one) ? meaning(one) : one)).join(' ')
    }
    return typeof value === 'object' || isId(value) ? '' : String(value)
  }
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .map((field) => ({
      field: t.has(field) ? t(field) : field,
      before: told(field, before?.[field]),
      after: told(field, after?.[field]),
    }))
    .filter((change) => change.before || change.after)
}

/** Of a row, or the hash of a file or of what was signed. */
const isId = (value: unknown) =>
  typeof value === 'string' && /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$/i.test(value)
