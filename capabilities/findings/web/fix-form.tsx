'use client'
import { usePhotoField } from '@opsflow/platform/client/files/use-photos'
import { useMended } from '@opsflow/platform/client/sync/mended'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Choices, Field, NumberInput, PhotoField, TextArea, useToast } from '@opsflow/platform/web'
import { Wrench } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCurrency, useFixFinding } from '../client/index.ts'
import type { Finding } from '../finding.ts'
import { CAUSES } from '../words.ts'
import { RefusalText } from './refusal-text.tsx'

type Cause = (typeof CAUSES)[number]
type Said = { note?: string; cause?: Cause; cost?: { micro: number } | null }

/** What was done, a photo of it, and why it could come to that. One button until someone wants to say it. */
export function FixFinding({ finding }: { finding: Finding }) {
  const t = useTranslations('findings.fix')
  const said = useMended('findings.fix')?.args as Said | undefined
  const [isOpen, setIsOpen] = useState(said !== undefined)
  if (isOpen) return <FixForm finding={finding} said={said} onClose={() => setIsOpen(false)} />
  return finding.state === 'open' ? (
    <Button look="primary" className="min-h-14 text-base" onClick={() => setIsOpen(true)}>
      <Wrench aria-hidden />
      {t('button')}
    </Button>
  ) : (
    <Button look="quiet" className="justify-self-start" onClick={() => setIsOpen(true)}>
      {t('again')}
    </Button>
  )
}

function FixForm({ finding, said, onClose }: { finding: Finding; said: Said | undefined; onClose: () => void }) {
  const t = useTranslations('findings.fix')
  const words = useTranslations('findings')
  const toast = useToast()
  const viewer = useViewer()
  const fix = useFixFinding(finding.id)
  const photos = usePhotoField(`fix ${finding.id} ${viewer.memberId}`, finding.locationId)
  const currency = useCurrency(finding.locationId)
  const [note, setNote] = useState(said?.note ?? '')
  const [cause, setCause] = useState(said?.cause)
  const [typed, setTyped] = useState(said?.cost ? String(said.cost.micro / 1_000_000) : '')
  const micro = typed.trim() === '' ? null : microOf(typed)

  async function save() {
    const named = await photos.release()
    if (!named || !cause || micro === undefined) return
    const cost = micro === null ? null : { micro, currency }
    fix.mutate(
      { stepId: crypto.randomUUID(), note: note.trim(), cause, cost, ...named },
      {
        onSuccess: () => {
          toast({ message: t('saved') })
          onClose()
        },
      },
    )
  }

  return (
    <div className="grid gap-5">
      <Field label={t('title')} hint={t('hint')}>
        <TextArea autoFocus value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {viewer.can('evidence.add', finding.locationId) && (
        <PhotoField field={photos} organizationId={viewer.organizationId} gallery={!viewer.isShared} />
      )}
      <Choices
        label={t('why')}
        name="cause"
        value={cause}
        onChange={setCause}
        columns="grid-cols-1 sm:grid-cols-2"
        options={CAUSES.map((value) => ({ value, label: words(`causes.${value}`) }))}
      />
      <Field
        label={t('cost')}
        optional={t('optional')}
        error={micro === undefined ? t('costUnreadable') : undefined}
        className="max-w-60"
      >
        <NumberInput value={typed} onChange={setTyped} unit={currency} />
      </Field>
      {fix.error && <RefusalText error={fix.error} />}
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          className="min-h-14 flex-1 basis-48 text-base"
          disabled={note.trim().length < 3 || !cause || micro === undefined}
          busy={fix.isPending}
          onClick={() => void save()}
        >
          {t('save')}
        </Button>
        <Button className="min-h-14" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}

/** As typed, read by pattern and never coerced. Undefined: it is no amount. */
function microOf(typed: string): number | undefined {
  const text = typed.trim().replace(',', '.')
  return /^\d{1,9}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 1_000_000) : undefined
}
