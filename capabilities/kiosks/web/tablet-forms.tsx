'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, Field, Input, Select } from '@opsflow/platform/web'
import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useChangeKiosk, useSetUpKiosk } from '../client/index.ts'
import type { Kiosk } from '../kiosk.ts'
import { addressOfTablet } from './address.ts'
import type { Code } from './code-dialog.tsx'
import { RefusalNote } from './refusal-note.tsx'

export function SetUpTablet({
  open,
  locationId,
  onClose,
  onSetUp,
}: {
  open: boolean
  locationId: string | undefined
  onClose: () => void
  onSetUp: (code: Code) => void
}) {
  const t = useTranslations('kiosks.manage')
  const viewer = useViewer()
  const setUp = useSetUpKiosk()
  const managed = viewer.locations.filter(({ id }) => viewer.can('kiosks.manage', id))

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const text = (name: string) => String(new FormData(event.currentTarget).get(name))
    setUp.mutate(
      { name: text('name'), locationId: text('locationId') },
      {
        onSuccess({ enrolment }) {
          onClose()
          onSetUp(enrolment)
        },
      },
    )
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('setUp')}
      description={t('setUpText', { address: addressOfTablet() })}
      place="sheet"
    >
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('name')}>
          <Input name="name" required maxLength={200} />
        </Field>
        <Field label={t('location')}>
          <Select name="locationId" defaultValue={locationId}>
            {managed.map((location) => (
              <option key={location.id} value={location.id}>
                {location.name}
              </option>
            ))}
          </Select>
        </Field>
        {setUp.error && <RefusalNote error={setUp.error} />}
        <Button look="primary" type="submit" busy={setUp.isPending}>
          {t('setUp')}
        </Button>
      </form>
    </Dialog>
  )
}

export function RenameTablet({ open, kiosk, onClose }: { open: boolean; kiosk: Kiosk; onClose: () => void }) {
  const t = useTranslations('kiosks.manage')
  const change = useChangeKiosk()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name'))
    change.mutate({ id: kiosk.id, name }, { onSuccess: onClose })
  }

  return (
    <Dialog open={open} onClose={onClose} title={t('rename')}>
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('name')}>
          <Input name="name" required maxLength={200} defaultValue={kiosk.name} />
        </Field>
        {change.error && <RefusalNote error={change.error} />}
        <Button look="primary" type="submit" busy={change.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  )
}
