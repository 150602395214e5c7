'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  Checkbox,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  Input,
  NoPermission,
  PageHeader,
  Panel,
  Select,
  SkeletonRows,
} from '@opsflow/platform/web'
import { KeyRound, Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApiKeys, useMakeApiKey, useRevokeApiKey } from '../client/index.ts'
import { RefusalText } from './refusal-text.tsx'
import { RevocableTable } from './revocable-table.tsx'
import { ShownOnce } from './shown-once.tsx'

/** What a key may be allowed to do; the server refuses what its maker does not hold. */
const scopes = [
  'temperature.read',
  'temperature.record',
  'temperature.ingest',
  'temperature.import',
  'tasks.read',
  'tasks.update',
  'locations.read',
] as const

export function ApiKeysScreen() {
  const t = useTranslations('people.apiKeys')
  const viewer = useViewer()
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<string | null>()
  if (!viewer.can('keys.manage')) return <NoPermission />
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          <Button look="primary" onClick={() => setMaking(true)}>
            <Plus aria-hidden />
            {t('make')}
          </Button>
        }
      />
      <Panel title={t('list')} flush>
        <KeyTable />
      </Panel>
      <MakeKey open={making} onClose={() => setMaking(false)} onMade={setSecret} />
      <ShownOnce secret={secret} onClose={() => setSecret(undefined)} />
    </>
  )
}

function KeyTable() {
  const t = useTranslations('people.apiKeys')
  const keys = useApiKeys()
  const revoke = useRevokeApiKey()
  if (keys.isPending) return <SkeletonRows className="p-5" />
  if (keys.isError) return <ErrorState error={keys.error} onRetry={keys.refetch} />
  if (keys.data.items.length === 0) {
    return (
      <EmptyState icon={<KeyRound aria-hidden />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <RevocableTable
      label={t('list')}
      headings={[t('scopes')]}
      rows={keys.data.items.map((key) => ({ ...key, usedAt: key.lastUsedAt, details: [key.scopes.join(', ')] }))}
      words={{
        name: t('name'),
        used: t('lastUsed'),
        never: t('never'),
        state: t('state'),
        active: t('active'),
        revoked: t('revoked'),
        revoke: t('revoke'),
        revokeText: t('revokeText'),
        revokeQuestion: (name) => t('revokeQuestion', { name }),
      }}
      busy={revoke.isPending}
      onRevoke={(id, onSettled) => revoke.mutate(id, { onSettled })}
    />
  )
}

function MakeKey({
  open,
  onClose,
  onMade,
}: {
  open: boolean
  onClose: () => void
  onMade: (secret: string | null) => void
}) {
  const t = useTranslations('people.apiKeys')
  const viewer = useViewer()
  const make = useMakeApiKey()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const locationId = String(form.get('locationId'))
    make.mutate(
      {
        name: String(form.get('name')),
        scopes: form.getAll('scopes') as (typeof scopes)[number][],
        locationIds: locationId ? [locationId] : null,
      },
      {
        onSuccess(made) {
          onClose()
          onMade(made.key)
        },
      },
    )
  }

  return (
    <Dialog open={open} onClose={onClose} title={t('make')} description={t('makeText')} place="sheet">
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('name')} hint={t('nameHint')}>
          <Input name="name" required maxLength={200} />
        </Field>
        <Field label={t('where')}>
          <Select name="locationId">
            <option value="">{t('everywhere')}</option>
            {viewer.locations.map((location) => (
              <option key={location.id} value={location.id}>
                {location.name}
              </option>
            ))}
          </Select>
        </Field>
        <fieldset>
          <legend className="mb-1 text-sm font-medium">{t('scopes')}</legend>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              name="scopes"
              value={scope}
              defaultChecked={scope.endsWith('.read')}
              label={<code className="font-mono text-sm">{scope}</code>}
            />
          ))}
        </fieldset>
        {make.error && <RefusalText error={make.error} />}
        <Button look="primary" type="submit" busy={make.isPending}>
          {t('make')}
        </Button>
      </form>
    </Dialog>
  )
}
