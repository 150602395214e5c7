'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Avatar,
  Button,
  Card,
  EmptyState,
  ErrorState,
  Field,
  Input,
  Link,
  NoPermission,
  PageHeader,
  Select,
  SkeletonRows,
  StatusBadge,
} from '@opsflow/platform/web'
import { Plus, Users } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type PeopleFilter, usePeople, useRoles } from '../client/index.ts'
import type { Member, MemberStatus } from '../member.ts'
import type { Role } from '../role-schema.ts'
import { ROLES } from '../roles.ts'
import { AddPerson } from './add-person.tsx'
import { InvitationsPanel } from './invitations-panel.tsx'
import { InviteButton } from './invite-person.tsx'
import { usePlaceName, useRoleName } from './words.tsx'

const statuses = ['active', 'suspended', 'removed'] as const

/** Everyone at the places one decides for: found by name, role and place. */
export function PeopleScreen({ organization, role }: { organization: string; role?: string | undefined }) {
  const t = useTranslations('people.list')
  const viewer = useViewer()
  const [adding, setAdding] = useState(false)
  const [status, setStatus] = useState<MemberStatus>('active')
  const [search, setSearch] = useState('')
  const [held, setHeld] = useState(role ?? '')
  const [locationId, setLocationId] = useState('')
  const filter = useDeferredValue(filterOf({ status, search, held, locationId }))
  if (!viewer.can('people.read')) return <NoPermission />
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          viewer.can('people.manage') && (
            <>
              <Button onClick={() => setAdding(true)}>
                <Plus aria-hidden />
                {t('add')}
              </Button>
              <InviteButton organization={organization} />
            </>
          )
        }
      />
      <search className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-[2fr_1fr_1fr_1fr]">
        <Field label={t('search')} className="max-sm:col-span-2">
          <Input type="search" value={search} maxLength={200} onChange={(event) => setSearch(event.target.value)} />
        </Field>
        <Field label={t('role')}>
          <RoleFilter value={held} onChange={setHeld} />
        </Field>
        <Field label={t('location')}>
          <Select value={locationId} onChange={(event) => setLocationId(event.target.value)}>
            <option value="">{t('anyLocation')}</option>
            {viewer.locations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('status')} className="max-sm:col-span-2">
          <Select value={status} onChange={(event) => setStatus(event.target.value as MemberStatus)}>
            {statuses.map((one) => (
              <option key={one} value={one}>
                {t(`statuses.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      </search>
      {viewer.can('people.manage') && <InvitationsPanel organization={organization} />}
      <PeopleList filter={filter} />
      {adding && <AddPerson organization={organization} onClose={() => setAdding(false)} />}
    </>
  )
}

function filterOf({
  status,
  search,
  held,
  locationId,
}: Record<'search' | 'held' | 'locationId', string> & { status: MemberStatus }): PeopleFilter {
  const isBuiltIn = (ROLES as readonly string[]).includes(held)
  return {
    status,
    search: search.trim() || undefined,
    locationId: locationId || undefined,
    ...(held && (isBuiltIn ? { role: held as Role } : { roleId: held })),
  }
}

function RoleFilter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations('people.list')
  const roleName = useRoleName()
  const roles = useRoles()
  return (
    <Select value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('anyRole')}</option>
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {roleName({ role })}
        </option>
      ))}
      {roles.data?.items.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}

function PeopleList({ filter }: { filter: PeopleFilter }) {
  const t = useTranslations('people.list')
  const people = usePeople(filter)
  if (people.isPending) return <SkeletonRows rows={8} />
  if (people.isError) return <ErrorState error={people.error} onRetry={people.refetch} />
  const all = people.data.pages.flatMap(({ items }) => items)
  if (all.length === 0) {
    return (
      <EmptyState icon={<Users aria-hidden />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <>
      <Card>
        <ul aria-label={t('title')} className="divide-y divide-line">
          {all.map((member) => (
            <li key={member.id}>
              <PersonRow member={member} />
            </li>
          ))}
        </ul>
      </Card>
      {people.hasNextPage && (
        <Button className="mx-auto mt-4 flex" busy={people.isFetchingNextPage} onClick={() => people.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

const SHOWN_ROLES = 3

function PersonRow({ member }: { member: Member }) {
  const t = useTranslations('people.list')
  const roleName = useRoleName()
  const placeName = usePlaceName()
  const more = member.grants.length - SHOWN_ROLES
  return (
    <Link
      href={`/settings/people/one?id=${member.id}`}
      className="grid min-h-target grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1 px-4 py-3 -outline-offset-2! transition-colors hover:bg-sunken sm:px-5 md:grid-cols-[auto_minmax(0,1fr)_minmax(0,1.4fr)_auto]"
    >
      <Avatar name={member.name} />
      <span className="min-w-0">
        <span className="block truncate font-medium">{member.name}</span>
        <span className="block truncate text-sm text-ink-muted">{member.email ?? t('noEmail')}</span>
      </span>
      <span className="text-sm text-ink-muted max-md:order-last max-md:col-span-2 max-md:col-start-2">
        {member.grants.length === 0 && t('noRole')}
        {member.grants.slice(0, SHOWN_ROLES).map((grant) => (
          <span key={grant.id} className="block truncate">
            <span className="text-ink">{roleName(grant)}</span> · {placeName(grant)}
          </span>
        ))}
        {more > 0 && <span className="block">{t('moreRoles', { count: more })}</span>}
      </span>
      <span className="justify-self-end">
        <PersonStatus member={member} />
      </span>
    </Link>
  )
}

/** How someone gets in, or that they do not. */
export function PersonStatus({ member }: { member: Pick<Member, 'status' | 'hasAccount'> }) {
  const t = useTranslations('people.list')
  if (member.status !== 'active') {
    return (
      <StatusBadge tone={member.status === 'suspended' ? 'warn' : 'neutral'}>
        {t(`statuses.${member.status}`)}
      </StatusBadge>
    )
  }
  return member.hasAccount ? (
    <StatusBadge tone="ok">{t('statuses.active')}</StatusBadge>
  ) : (
    <StatusBadge tone="info">{t('noAccount')}</StatusBadge>
  )
}
