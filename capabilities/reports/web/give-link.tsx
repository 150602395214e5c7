'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, Field, Input, QrCode, Select, Switch, useErrorText } from '@opsflow/platform/web'
import { Check, Copy } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type PackAsked, useGiveLink } from '../client/index.ts'
import type { PackLanguage } from '../pack.ts'

const DAYS = [1, 7, 14, 30, 90] as const

/** Who it is for and for how long; then the link, on the one occasion it can be read. */
export function GiveLink({
  open,
  asked,
  onClose,
}: {
  open: boolean
  asked: PackAsked & { language: PackLanguage }
  onClose: () => void
}) {
  const t = useTranslations('reports.links')
  const give = useGiveLink()
  const errorText = useErrorText()
  const [days, setDays] = useState(14)
  const [photos, setPhotos] = useState(true)
  const maySeePhotos = useViewer().can('evidence.read', asked.locationId)
  const close = () => {
    onClose()
    give.reset()
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const givenTo = String(new FormData(event.currentTarget).get('givenTo')).trim()
    if (givenTo) give.mutate({ ...asked, givenTo, days, photos: maySeePhotos && photos })
  }
  if (give.data) {
    return (
      <Dialog
        open={open}
        onClose={close}
        title={t('given')}
        description={t('givenText', { name: give.data.givenTo })}
        footer={
          <Button look="primary" onClick={close}>
            {t('done')}
          </Button>
        }
      >
        <TheLink address={`${location.origin}/inspection#${give.data.secret}`} />
      </Dialog>
    )
  }
  return (
    <Dialog open={open} onClose={close} title={t('give')} description={t('giveText', asked)} place="sheet">
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('givenTo')} hint={t('givenToHint')}>
          <Input name="givenTo" required maxLength={100} autoComplete="off" />
        </Field>
        <Field label={t('for')}>
          <Select value={days} onChange={({ target }) => setDays(Number(target.value))}>
            {DAYS.map((count) => (
              <option key={count} value={count}>
                {t('forDays', { count })}
              </option>
            ))}
          </Select>
        </Field>
        {maySeePhotos && <Switch checked={photos} onChange={setPhotos} label={t('photos')} hint={t('photosHint')} />}
        {give.error && (
          <p role="alert" className="text-sm font-medium text-danger">
            {errorText(give.error)}
          </p>
        )}
        <Button type="submit" look="primary" busy={give.isPending}>
          {t('give')}
        </Button>
      </form>
    </Dialog>
  )
}

function TheLink({ address }: { address: string }) {
  const t = useTranslations('reports.links')
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(address)
    setCopied(true)
  }
  return (
    <div className="grid justify-items-center gap-4">
      <QrCode text={address} label={t('code')} className="size-40" />
      <div className="flex w-full items-center gap-2 rounded-lg border border-line bg-sunken ps-4">
        <code className="min-w-0 flex-1 py-3 font-mono text-sm break-all">{address}</code>
        <Button look="quiet" onClick={copy}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {copied ? t('copied') : t('copy')}
        </Button>
      </div>
    </div>
  )
}
