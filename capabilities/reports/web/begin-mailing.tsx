'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Choices, Dialog, Field, Input, Switch, TextArea, useErrorText } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useBeginMailing } from '../client/index.ts'
import type { Mailing } from '../mailing.ts'
import type { PackLanguage } from '../pack.ts'

/** What anyone can see is no address; the server looks closer. */
const ADDRESS = /^[^@\s]+@[^@\s]+\.[^@\s]+$/
const EVERY = ['week', 'month'] as const

/** Who gets the records by e-mail, how often, and whether what lacks something waits. */
export function BeginMailing({
  locationId,
  language,
  onClose,
}: {
  locationId: string
  language: PackLanguage
  onClose: () => void
}) {
  const t = useTranslations('reports.mailings')
  const begin = useBeginMailing()
  const errorText = useErrorText()
  const maySeePhotos = useViewer().can('evidence.read', locationId)
  const [every, setEvery] = useState<Mailing['every']>('week')
  const [photos, setPhotos] = useState(false)
  const [waitsForGaps, setWaits] = useState(true)
  const [wrong, setWrong] = useState<readonly string[]>([])
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const recipients = String(form.get('recipients'))
      .split(/[\s,;]+/)
      .filter(Boolean)
    const wrong = recipients.filter((one) => !ADDRESS.test(one))
    setWrong(wrong)
    if (wrong.length > 0) return
    const givenTo = String(form.get('givenTo')).trim()
    const asked = { locationId, every, recipients, givenTo, language, photos: maySeePhotos && photos, waitsForGaps }
    begin.mutate(asked, { onSuccess: onClose })
  }
  return (
    <Dialog open onClose={onClose} title={t('regularly')} description={t('beginText')} place="sheet">
      <form onSubmit={submit} className="grid gap-5">
        <Choices
          label={t('howOften')}
          name="every"
          value={every}
          onChange={setEvery}
          options={EVERY.map((value) => ({ value, label: t(`every.${value}`) }))}
        />
        <Field label={t('givenTo')} hint={t('givenToHint')}>
          <Input name="givenTo" required maxLength={100} autoComplete="off" />
        </Field>
        <Field
          label={t('addresses')}
          hint={t('addressesHint')}
          error={wrong.length > 0 ? t('notAnAddress', { which: wrong.join(', ') }) : undefined}
        >
          <TextArea name="recipients" required rows={3} inputMode="email" autoComplete="off" spellCheck={false} />
        </Field>
        <Switch checked={waitsForGaps} onChange={setWaits} label={t('waitsForGaps')} hint={t('waitsForGapsHint')} />
        {maySeePhotos && <Switch checked={photos} onChange={setPhotos} label={t('photos')} hint={t('photosHint')} />}
        {begin.error && (
          <p role="alert" className="text-sm font-medium text-danger">
            {errorText(begin.error)}
          </p>
        )}
        <Button type="submit" look="primary" busy={begin.isPending}>
          {t('regularly')}
        </Button>
      </form>
    </Dialog>
  )
}
