'use client'
import { Button, Dialog, Field, Input, useToast } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useAddPerson } from '../client/index.ts'
import { RefusalText } from './refusal-text.tsx'
import { grantOf, type RoleAndPlace, RoleAndPlaceFields } from './role-and-place.tsx'

/** Someone without an account: at work with a PIN at shared tablets, or to be invited later. */
export function AddPerson({ organization, onClose }: { organization: string; onClose: () => void }) {
  const t = useTranslations('people.add')
  const toast = useToast()
  const add = useAddPerson()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [held, setHeld] = useState<RoleAndPlace>({ role: 'org:member', place: undefined })

  function submit(event: FormEvent) {
    event.preventDefault()
    const place = held.role === 'org:admin' ? 'organization' : held.place
    add.mutate(
      { name, email: email.trim() || null, grants: place ? [grantOf({ role: held.role, place })] : [] },
      {
        onSuccess() {
          toast({ message: t('done', { name }) })
          onClose()
        },
      },
    )
  }

  return (
    <Dialog open onClose={onClose} title={t('title')} description={t('text')} place="sheet">
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('name')}>
          <Input value={name} onChange={(event) => setName(event.target.value)} required maxLength={200} />
        </Field>
        <Field label={t('email')} optional={t('optional')} hint={t('emailHint')}>
          <Input type="email" value={email} onChange={(event) => setEmail(event.target.value)} maxLength={320} />
        </Field>
        <RoleAndPlaceFields value={held} onChange={setHeld} organization={organization} name={name.trim()} />
        {add.error && <RefusalText error={add.error} />}
        <Button look="primary" type="submit" busy={add.isPending}>
          {t('submit')}
        </Button>
      </form>
    </Dialog>
  )
}
