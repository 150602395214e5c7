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
  RelativeTime,
  Select,
  SkeletonRows,
  StatusBadge,
  Table,
  Td,
  Th,
  Tr,
} from '@opsflow/platform/web'
import { KeyRound, Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useApiKeys, useMakeApiKey, useRevokeApiKey } from '../client/index.ts'
import { RefusalText } from './refusal-text.tsx'
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
    <Table label={t('list')}>
      <thead>
        <tr>
          <Th>{t('name')}</Th>
          <Th>{t('scopes')}</Th>
          <Th>{t('lastUsed')}</Th>
          <Th>{t('state')}</Th>
          <Th>
            <span className="sr-only">{t('revoke')}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {keys.data.items.map((key) => (
          <Tr key={key.id}>
            <Td>
              <span className="font-medium">{key.name}</span>
              <code className="block font-mono text-xs text-ink-muted">{key.prefix}…</code>
            </Td>
            <Td className="min-w-48 text-ink-muted">{key.scopes.join(', ')}</Td>
            <Td className="text-ink-muted">{key.lastUsedAt ? <RelativeTime at={key.lastUsedAt} /> : t('never')}</Td>
            <Td>
              <StatusBadge tone={key.revokedAt ? 'neutral' : 'ok'}>
                {key.revokedAt ? t('revoked') : t('active')}
              </StatusBadge>
            </Td>
            <Td className="text-end">
              {!key.revokedAt && (
                <Button
                  look="quiet"
                  busy={revoke.isPending && revoke.variables === key.id}
                  onClick={() => confirm(t('revokeQuestion', { name: key.name })) && revoke.mutate(key.id)}
                >
                  {t('revoke')}
                </Button>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
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
