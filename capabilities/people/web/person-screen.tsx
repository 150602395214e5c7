'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Avatar,
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  IconButton,
  Input,
  NoPermission,
  PageHeader,
  Panel,
  RelativeTime,
  SkeletonRows,
  useToast,
} from '@opsflow/platform/web'
import { Building2, MapPin, Network, Pencil, Plus, UserCog, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChangePerson, useGiveRole, usePerson, useTakeRole } from '../client/index.ts'
import type { GrantView } from '../grant.ts'
import type { MemberDetail, MemberStatus } from '../member.ts'
import { EventList } from './event-list.tsx'
import { PersonStatus } from './people-screen.tsx'
import { RefusalText } from './refusal-text.tsx'
import { grantOf, type RoleAndPlace, RoleAndPlaceFields } from './role-and-place.tsx'
import { usePlaceName, useRoleName } from './words.tsx'

/** One person: what they hold where, and what was changed about them. */
export function PersonScreen({ memberId, organization }: { memberId: string; organization: string }) {
  const t = useTranslations('people.person')
  const viewer = useViewer()
  const person = usePerson(memberId)
  if (!viewer.can('people.read')) return <NoPermission />
  if (person.isPending) return <SkeletonRows rows={6} />
  if (person.isError) return <ErrorState error={person.error} onRetry={person.refetch} />
  return (
    <>
      <PersonHeader person={person.data} isOneself={memberId === viewer.memberId} />
      <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
        <Grants person={person.data} organization={organization} />
        {viewer.can('events.read') && (
          <Panel title={t('changes')} flush>
            <EventList filter={{ subjectId: memberId }} compact />
          </Panel>
        )}
      </div>
    </>
  )
}

function PersonHeader({ person, isOneself }: { person: MemberDetail; isOneself: boolean }) {
  const t = useTranslations('people.person')
  const toast = useToast()
  const change = useChangePerson(person.id)
  const [renaming, setRenaming] = useState(false)

  function set(status: MemberStatus) {
    const before = person.status
    change.mutate(
      { status },
      {
        onSuccess: () =>
          toast({
            message: t(`done.${status}`, { name: person.name }),
            undo: () => change.mutate({ status: before }),
          }),
        onError: () => toast({ message: t('notDone'), tone: 'danger' }),
      },
    )
  }

  return (
    <>
      <PageHeader
        back={{ href: '/settings/people', label: t('back') }}
        title={
          <span className="flex items-center gap-3">
            <Avatar name={person.name} size="medium" />
            {person.name}
          </span>
        }
        text={
          <span className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
            <PersonStatus member={person} />
            {person.email ?? t('noEmail')}
          </span>
        }
        actions={
          person.mayChange && (
            <>
              <Button onClick={() => setRenaming(true)}>
                <Pencil aria-hidden />
                {t('rename')}
              </Button>
              {!isOneself && person.status !== 'active' && (
                <Button look="primary" busy={change.isPending} onClick={() => set('active')}>
                  {t('letIn')}
                </Button>
              )}
              {!isOneself && person.status === 'active' && (
                <Button busy={change.isPending} onClick={() => set('suspended')}>
                  {t('suspend')}
                </Button>
              )}
              {!isOneself && person.status !== 'removed' && (
                <Button look="quiet" busy={change.isPending} onClick={() => set('removed')}>
                  {t('remove')}
                </Button>
              )}
            </>
          )
        }
      />
      {change.error && !renaming && (
        <div className="mb-4">
          <RefusalText error={change.error} />
        </div>
      )}
      {renaming && <Rename person={person} onClose={() => setRenaming(false)} />}
    </>
  )
}

function Rename({ person, onClose }: { person: MemberDetail; onClose: () => void }) {
  const t = useTranslations('people.person')
  const change = useChangePerson(person.id)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const email = String(data.get('email') ?? '').trim() || null
    change.mutate({ name: String(data.get('name')), ...(person.hasAccount ? {} : { email }) }, { onSuccess: onClose })
  }

  return (
    <Dialog open onClose={onClose} title={t('rename')}>
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('name')}>
          <Input name="name" defaultValue={person.name} required maxLength={200} />
        </Field>
        {!person.hasAccount && (
          <Field label={t('email')} optional={t('optional')}>
            <Input name="email" type="email" defaultValue={person.email ?? ''} maxLength={320} />
          </Field>
        )}
        {change.error && <RefusalText error={change.error} />}
        <Button look="primary" type="submit" busy={change.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  )
}

function Grants({ person, organization }: { person: MemberDetail; organization: string }) {
  const t = useTranslations('people.person')
  const viewer = useViewer()
  const [giving, setGiving] = useState(false)
  const mayGive = viewer.can('people.manage') && person.status !== 'removed'
  return (
    <Panel
      title={t('roles')}
      flush
      actions={
        mayGive && (
          <Button look="quiet" onClick={() => setGiving(true)}>
            <Plus aria-hidden />
            {t('give')}
          </Button>
        )
      }
    >
      {person.grants.length === 0 ? (
        <EmptyState compact icon={<UserCog aria-hidden />} title={t('noRoles')}>
          {t('noRolesText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {person.grants.map((grant) => (
            <GrantRow key={grant.id} grant={grant} mayTake={mayGive} />
          ))}
        </ul>
      )}
      {giving && <GiveRole person={person} organization={organization} onClose={() => setGiving(false)} />}
    </Panel>
  )
}

function GrantRow({ grant, mayTake }: { grant: GrantView; mayTake: boolean }) {
  const t = useTranslations('people.person')
  const toast = useToast()
  const roleName = useRoleName()
  const placeName = usePlaceName()
  const take = useTakeRole()
  const give = useGiveRole()
  const Icon = grant.locationId ? MapPin : grant.groupId ? Network : Building2
  const words = { role: roleName(grant), place: placeName(grant) }

  function remove() {
    const { memberId, role, roleId, groupId, locationId } = grant
    take.mutate(grant.id, {
      onSuccess: () =>
        toast({ message: t('taken', words), undo: () => give.mutate({ memberId, role, roleId, groupId, locationId }) }),
    })
  }

  return (
    <li className="px-4 py-2 sm:px-5">
      <div className="flex min-h-target items-center gap-3">
        <Icon aria-hidden className="size-5 shrink-0 text-ink-muted" />
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{words.role}</span>
          <span className="block text-sm text-ink-muted">
            {words.place} · <RelativeTime at={grant.grantedAt} />
          </span>
        </span>
        {mayTake && (
          <IconButton label={t('take', words)} icon={<X aria-hidden />} disabled={take.isPending} onClick={remove} />
        )}
      </div>
      {take.error && (
        <div className="pb-2">
          <RefusalText error={take.error} />
        </div>
      )}
    </li>
  )
}

function GiveRole({
  person,
  organization,
  onClose,
}: {
  person: MemberDetail
  organization: string
  onClose: () => void
}) {
  const t = useTranslations('people.give')
  const toast = useToast()
  const give = useGiveRole()
  const [wanted, setWanted] = useState<RoleAndPlace>({ role: 'org:member', place: undefined })
  const [isMissing, setMissing] = useState(false)

  function submit(event: FormEvent) {
    event.preventDefault()
    const place = wanted.role === 'org:admin' ? 'organization' : wanted.place
    if (!place) return setMissing(true)
    give.mutate(
      { memberId: person.id, ...grantOf({ role: wanted.role, place }) },
      {
        onSuccess() {
          toast({ message: t('done', { name: person.name }) })
          onClose()
        },
      },
    )
  }

  return (
    <Dialog open onClose={onClose} title={t('title', { name: person.name })} description={t('text')} place="sheet">
      <form onSubmit={submit} className="grid gap-5">
        <RoleAndPlaceFields value={wanted} onChange={setWanted} organization={organization} name={person.name} />
        {isMissing && !wanted.place && (
          <p role="alert" className="text-sm font-medium text-danger">
            {t('placeMissing')}
          </p>
        )}
        {give.error && <RefusalText error={give.error} />}
        <Button look="primary" type="submit" busy={give.isPending}>
          {t('submit')}
        </Button>
      </form>
    </Dialog>
  )
}
