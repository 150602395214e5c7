'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  Card,
  ConfirmDialog,
  ErrorState,
  IconButton,
  Link,
  NoPermission,
  PageHeader,
  Panel,
  SkeletonRows,
  useToast,
} from '@opsflow/platform/web'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useArchiveRole, useRoles } from '../client/index.ts'
import type { BuiltInRole, CustomRole } from '../custom-role.ts'
import { RefusalText } from './refusal-text.tsx'
import { RoleEditor } from './role-editor.tsx'
import { RoleMatrix } from './role-matrix.tsx'
import { useRoleName } from './words.tsx'

/** What each role may do, who holds it, and the roles an organization makes for itself. */
export function RolesScreen() {
  const t = useTranslations('people.roles')
  const viewer = useViewer()
  const roles = useRoles()
  const [edited, setEdited] = useState<string | 'new'>()
  if (!viewer.can('people.read')) return <NoPermission />
  if (roles.isPending) return <SkeletonRows rows={8} />
  if (roles.isError) return <ErrorState error={roles.error} onRetry={roles.refetch} />
  const { builtIn, items } = roles.data
  const mayEdit = viewer.can('roles.manage')
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          mayEdit && (
            <Button look="primary" onClick={() => setEdited('new')}>
              <Plus aria-hidden />
              {t('make')}
            </Button>
          )
        }
      />
      <ul className="mb-5 grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {builtIn.map((role) => (
          <BuiltInCard key={role.role} role={role} />
        ))}
        {items.map((role) => (
          <CustomCard key={role.id} role={role} mayEdit={mayEdit} onEdit={() => setEdited(role.id)} />
        ))}
      </ul>
      <Panel title={t('matrix')} flush>
        <RoleMatrix builtIn={builtIn} custom={items} />
      </Panel>
      {edited && (
        <RoleEditor role={items.find(({ id }) => id === edited)} key={edited} onClose={() => setEdited(undefined)} />
      )}
    </>
  )
}

function BuiltInCard({ role }: { role: BuiltInRole }) {
  const t = useTranslations('people.roles')
  const roleName = useRoleName()
  return (
    <li className="grid">
      <Card className="flex flex-col p-4 sm:px-5">
        <h2 className="font-semibold">{roleName(role)}</h2>
        <p className="mt-1 flex-1 text-sm text-ink-muted">{t(`about.${role.role.replace('org:', '') as 'admin'}`)}</p>
        <Holders count={role.holders} role={role.role} />
      </Card>
    </li>
  )
}

function CustomCard({ role, mayEdit, onEdit }: { role: CustomRole; mayEdit: boolean; onEdit: () => void }) {
  const t = useTranslations('people.roles')
  const toast = useToast()
  const archive = useArchiveRole()
  const [asked, setAsked] = useState(false)
  return (
    <li className="grid">
      <Card className="flex flex-col p-4 sm:px-5">
        <div className="flex items-start gap-1">
          <h2 className="min-w-0 flex-1 pt-2 font-semibold break-words">{role.name}</h2>
          {mayEdit && (
            <span className="-me-2 flex">
              <IconButton label={t('edit', { name: role.name })} icon={<Pencil aria-hidden />} onClick={onEdit} />
              <IconButton
                label={t('archive', { name: role.name })}
                icon={<Trash2 aria-hidden />}
                onClick={() => setAsked(true)}
              />
            </span>
          )}
        </div>
        <p className="mt-1 flex-1 text-sm text-ink-muted">
          {role.description || t('permissions', { count: role.permissions.length })}
        </p>
        {archive.error && (
          <div className="mt-3">
            <RefusalText error={archive.error} />
          </div>
        )}
        <Holders count={role.holders} role={role.id} />
      </Card>
      <ConfirmDialog
        open={asked}
        title={t('archiveQuestion', { name: role.name })}
        action={t('archiveIt')}
        busy={archive.isPending}
        onClose={() => setAsked(false)}
        onConfirm={() =>
          archive.mutate(role.id, {
            onSuccess: () => toast({ message: t('archived', { name: role.name }) }),
            onSettled: () => setAsked(false),
          })
        }
      >
        {t('archiveText')}
      </ConfirmDialog>
    </li>
  )
}

function Holders({ count, role }: { count: number; role: string }) {
  const t = useTranslations('people.roles')
  if (count === 0) return <p className="mt-2 flex min-h-target items-center text-sm text-ink-muted">{t('nobody')}</p>
  return (
    <Link
      href={`/settings/people?role=${encodeURIComponent(role)}`}
      className="mt-2 inline-flex min-h-target items-center text-sm font-medium text-accent-ink hover:underline"
    >
      {t('holders', { count })}
    </Link>
  )
}
