'use client'
import { useGiveUpPhoto, useRecordOfPhoto } from '@opsflow/capabilities/evidence/client'
import { RetakePhoto } from '@opsflow/capabilities/evidence/web'
import type { PhotoState } from '@opsflow/platform/client/files/photo-outbox'
import { useLocalPhoto, usePhotoOutbox } from '@opsflow/platform/client/files/use-photos'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ButtonLink,
  buttonClass,
  Dialog,
  Field,
  PhotoStrip,
  StatusBadge,
  TextArea,
} from '@opsflow/platform/web'
import { type ReactNode, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'

const LEAST_REASON = 3

/** A photo that will not go: why, and the ways to bring it to an end. */
export function RefusedPhoto({ photo }: { photo: PhotoState }) {
  const t = useTranslations('app.attention.photo')
  const format = useFormatter()
  const { organizationId } = useViewer()
  const outbox = usePhotoOutbox()
  const address = useLocalPhoto(photo.id)
  const record = useRecordOfPhoto(photo.id)
  const page = record && pageOf(record)
  const [isLettingGo, setLettingGo] = useState(false)
  const time = format.dateTime(new Date(photo.captured.at), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <article className="rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <PhotoStrip
          label={t('title')}
          photos={[{ id: photo.id, organizationId, hasArrived: false, alt: t('taken', { time }) }]}
        />
        <div className="min-w-0 flex-1 basis-52">
          <h2 className="text-[0.9375rem] font-semibold">{t('title')}</h2>
          <p className="mt-0.5 text-sm text-ink-muted">{t('taken', { time })}</p>
          <p className="mt-2 text-[0.9375rem]">
            {t(`reasons.${reasonOf(photo.refusal)}`, { code: photo.refusal ?? '' })} {t('text')}
          </p>
        </div>
        <StatusBadge tone="danger">{t('refused')}</StatusBadge>
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        {record && <RetakePhoto photo={photo} />}
        {page && <ButtonLink href={page}>{t('open')}</ButtonLink>}
        <Button onClick={() => void outbox?.tryAgain(photo.id)}>{t('again')}</Button>
        {address && (
          <a href={address} download={`opsflow-${photo.id}.jpg`} className={buttonClass('quiet')}>
            {t('save')}
          </a>
        )}
        <Button look="quiet" onClick={() => setLettingGo(true)}>
          {t('letGo')}
        </Button>
      </div>
      <LetGo id={photo.id} open={isLettingGo} onClose={() => setLettingGo(false)}>
        <PhotoStrip
          label={t('title')}
          photos={[{ id: photo.id, organizationId, hasArrived: false, alt: t('taken', { time }) }]}
        />
      </LetGo>
    </article>
  )
}

type LetGoProps = { id: string; open: boolean; onClose: () => void; children: ReactNode }

function LetGo({ id, open, onClose, children }: LetGoProps) {
  const t = useTranslations('app.attention')
  const giveUp = useGiveUpPhoto()
  const [reason, setReason] = useState('')
  const isOffline = giveUp.error?.name === 'Unreachable'
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('photo.letGoTitle')}
      footer={
        <>
          <Button onClick={onClose}>{t('keep')}</Button>
          <Button
            look="danger"
            busy={giveUp.isPending}
            disabled={reason.trim().length < LEAST_REASON}
            onClick={() => giveUp.mutate({ id, reason: reason.trim() }, { onSuccess: onClose })}
          >
            {t('photo.letGo')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {children}
        <p className="text-sm text-ink-muted">{t('photo.letGoText')}</p>
        <Field
          label={t('reason')}
          hint={t('reasonHint')}
          error={giveUp.error ? t(isOffline ? 'photo.letGoOffline' : 'photo.letGoFailed') : undefined}
        >
          <TextArea value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  )
}

/** Where another photo can be taken for it. */
function pageOf({ ownerKind, ownerId }: NonNullable<ReturnType<typeof useRecordOfPhoto>>): string | undefined {
  if (ownerKind === 'corrective_action') return `/corrective-actions/one?id=${ownerId}`
  if (ownerKind === 'finding') return `/findings/one?id=${ownerId}`
  return ownerKind === 'task' ? `/tasks/one?id=${ownerId}` : undefined
}

const reasons = {
  'files.type_unknown': 'type',
  'files.type_refused': 'type',
  'files.heic_unreadable': 'type',
  'files.image_broken': 'broken',
  'files.pdf_broken': 'broken',
  'files.hash_differs': 'broken',
  'files.too_large': 'large',
  'files.image_too_many_pixels': 'large',
  'files.id_taken': 'taken',
  'device.bytes_lost': 'lost',
} as const

const reasonOf = (code: string | null) => reasons[code as keyof typeof reasons] ?? 'other'
