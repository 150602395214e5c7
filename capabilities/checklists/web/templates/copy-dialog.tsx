'use client'
import { Button, Dialog, Field, Input } from '@opsflow/platform/web'
import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useCopyTemplate } from '../../client/index.ts'
import { RefusalText } from './refusal-text.tsx'

/** A template of one's own that begins as this one stands. */
export function CopyDialog({
  template,
  onClose,
  onMade,
}: {
  template: { id: string; name: string }
  onClose: () => void
  onMade: (id: string) => void
}) {
  const t = useTranslations('templates')
  const copy = useCopyTemplate()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    copy.mutate({ id: template.id, name }, { onSuccess: ({ id }) => onMade(id) })
  }

  return (
    <Dialog open onClose={onClose} title={t('copyOf', { name: template.name })}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t('name')}>
          <Input name="name" required maxLength={200} defaultValue={t('copyName', { name: template.name })} />
        </Field>
        {copy.error && <RefusalText error={copy.error} />}
        <Button look="primary" type="submit" busy={copy.isPending}>
          {t('copy')}
        </Button>
      </form>
    </Dialog>
  )
}
