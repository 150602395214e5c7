'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Checkbox, Dialog, Field, Input, TextArea, useToast } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChangeRole, useMakeRole } from '../client/index.ts'
import type { CustomRole } from '../custom-role.ts'
import { isOrganizationWide, type Permission } from '../roles.ts'
import { RefusalText } from './refusal-text.tsx'
import { permissionGroups, useGroupName, usePermissionMeaning } from './words.tsx'

/** A new role, or a change to one for everybody who holds it. It gives at most what its author holds everywhere. */
export function RoleEditor({ role, onClose }: { role: CustomRole | undefined; onClose: () => void }) {
  const t = useTranslations('people.roles')
  const toast = useToast()
  const make = useMakeRole()
  const change = useChangeRole()
  // What the author began with: when someone else saves meanwhile, the server tells by the version.
  const [first] = useState(role)
  const [version, setVersion] = useState(role?.version)
  const [name, setName] = useState(role?.name ?? '')
  const [description, setDescription] = useState(role?.description ?? '')
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(new Set(role?.permissions))
  const busy = make.isPending || change.isPending
  const error = make.error ?? change.error
  const isStale = (error as { code?: string } | null)?.code === 'people.role_changed'

  function submit(event: FormEvent) {
    event.preventDefault()
    const fields = { name, description, permissions: [...chosen] }
    const onSuccess = () => {
      toast({ message: t('saved', { name }) })
      onClose()
    }
    if (first) change.mutate({ id: first.id, version: version ?? 1, ...fields }, { onSuccess })
    else make.mutate(fields, { onSuccess })
  }

  function takeTheirs() {
    if (!role) return
    setVersion(role.version)
    setName(role.name)
    setDescription(role.description)
    setChosen(new Set(role.permissions))
    change.reset()
  }

  const toggle = (permission: Permission) =>
    setChosen(
      (now) => new Set(now.has(permission) ? [...now].filter((one) => one !== permission) : [...now, permission]),
    )

  return (
    <Dialog
      open
      onClose={onClose}
      place="sheet"
      title={first ? t('edit', { name: first.name }) : t('make')}
      description={first ? t('editText', { count: first.holders }) : t('makeText')}
    >
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('name')}>
          <Input value={name} onChange={(event) => setName(event.target.value)} required maxLength={100} />
        </Field>
        <Field label={t('description')} optional={t('optional')}>
          <TextArea value={description} onChange={(event) => setDescription(event.target.value)} maxLength={500} />
        </Field>
        {permissionGroups.map((group) => (
          <PermissionChoices key={group.id} group={group} chosen={chosen} onToggle={toggle} />
        ))}
        {error && <RefusalText error={error} />}
        {isStale && <Button onClick={takeTheirs}>{t('takeTheirs')}</Button>}
        <Button look="primary" type="submit" busy={busy} disabled={chosen.size === 0}>
          {t('save', { count: chosen.size })}
        </Button>
      </form>
    </Dialog>
  )
}

function PermissionChoices({
  group,
  chosen,
  onToggle,
}: {
  group: (typeof permissionGroups)[number]
  chosen: ReadonlySet<Permission>
  onToggle: (permission: Permission) => void
}) {
  const t = useTranslations('people.roles')
  const viewer = useViewer()
  const groupName = useGroupName()
  const meaning = usePermissionMeaning()
  return (
    <fieldset>
      <legend className="text-sm font-medium">{groupName(group.id)}</legend>
      <div className="mt-1 grid">
        {group.permissions.map((permission) => (
          <Checkbox
            key={permission}
            checked={chosen.has(permission)}
            disabled={!viewer.canEverywhere(permission)}
            onChange={() => onToggle(permission)}
            label={
              <span className="py-1">
                {meaning(permission)}
                {isOrganizationWide(permission) && (
                  <span className="block text-sm text-ink-muted">{t('organizationWide')}</span>
                )}
              </span>
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
