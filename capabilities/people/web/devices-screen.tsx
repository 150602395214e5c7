'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
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
import { Plus, RadioTower } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useDevices, useEnrolDevice, useRevokeDevice } from '../client/index.ts'
import { RefusalText } from './refusal-text.tsx'
import { RevocableTable } from './revocable-table.tsx'
import { ShownOnce } from './shown-once.tsx'

const kinds = ['gateway', 'probe', 'display'] as const

/** Gateways and probes of the chosen location, or of all. */
export function DevicesScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('people.devices')
  const viewer = useViewer()
  const [enrolling, setEnrolling] = useState(false)
  const [secret, setSecret] = useState<string | null>()
  if (!viewer.can('devices.manage')) return <NoPermission />
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          <Button look="primary" onClick={() => setEnrolling(true)}>
            <Plus aria-hidden />
            {t('enrol')}
          </Button>
        }
      />
      <Panel title={t('list')} flush>
        <DeviceTable locationId={locationId} />
      </Panel>
      <EnrolDevice
        open={enrolling}
        locationId={locationId}
        onClose={() => setEnrolling(false)}
        onEnrolled={setSecret}
      />
      <ShownOnce secret={secret} onClose={() => setSecret(undefined)} />
    </>
  )
}

function DeviceTable({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('people.devices')
  const viewer = useViewer()
  const devices = useDevices(locationId)
  const revoke = useRevokeDevice()
  if (devices.isPending) return <SkeletonRows className="p-5" />
  if (devices.isError) return <ErrorState error={devices.error} onRetry={devices.refetch} />
  if (devices.data.items.length === 0) {
    return (
      <EmptyState icon={<RadioTower aria-hidden />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  const nameOf = (id: string) => viewer.locations.find((location) => location.id === id)?.name
  return (
    <RevocableTable
      label={t('list')}
      headings={[t('location'), t('kind')]}
      rows={devices.data.items.map((device) => ({
        ...device,
        usedAt: device.lastSeenAt,
        details: [nameOf(device.locationId), t(`kinds.${device.kind}`)],
      }))}
      words={{
        name: t('name'),
        used: t('lastSeen'),
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

function EnrolDevice({
  open,
  locationId,
  onClose,
  onEnrolled,
}: {
  open: boolean
  locationId: string | undefined
  onClose: () => void
  onEnrolled: (secret: string | null) => void
}) {
  const t = useTranslations('people.devices')
  const viewer = useViewer()
  const enrol = useEnrolDevice()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const text = (name: string) => String(new FormData(event.currentTarget).get(name))
    enrol.mutate(
      { name: text('name'), locationId: text('locationId'), kind: text('kind') as (typeof kinds)[number] },
      {
        onSuccess(enrolled) {
          onClose()
          onEnrolled(enrolled.key)
        },
      },
    )
  }

  return (
    <Dialog open={open} onClose={onClose} title={t('enrol')} description={t('enrolText')} place="sheet">
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('name')}>
          <Input name="name" required maxLength={200} />
        </Field>
        <Field label={t('location')}>
          <Select name="locationId" defaultValue={locationId}>
            {viewer.locations.map((location) => (
              <option key={location.id} value={location.id}>
                {location.name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('kind')}>
          <Select name="kind">
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </Select>
        </Field>
        {enrol.error && <RefusalText error={enrol.error} />}
        <Button look="primary" type="submit" busy={enrol.isPending}>
          {t('enrol')}
        </Button>
      </form>
    </Dialog>
  )
}
