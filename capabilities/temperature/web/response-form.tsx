'use client'
import { usePhotoField } from '@opsflow/platform/client/files/use-photos'
import { useMended } from '@opsflow/platform/client/sync/mended'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Choices, Field, PhotoField, TextArea } from '@opsflow/platform/web'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRespond } from '../client/index.ts'
import type { ResponseInput } from '../corrective-action.ts'
import { ACTIONS, CAUSES, DISPOSITIONS } from '../corrective-action-words.ts'
import type { CorrectiveActionRecord } from '../records.ts'
import { RefusalText } from './refusal-text.tsx'

type Cause = ResponseInput['cause']
type Action = ResponseInput['action']
type Disposition = ResponseInput['disposition']

/** What was answered, before it is saved. */
const LAST = 3

/** Three questions, one at a time: why, what was done, what became of the food. */
export function ResponseForm({ action }: { action: CorrectiveActionRecord }) {
  const t = useTranslations('temperature')
  const respond = useRespond(action.id)
  const viewer = useViewer()
  const photos = usePhotoField(`response ${action.id} ${viewer.memberId}`, action.locationId)
  const said = useMended('temperature.respond')?.args.response as Partial<ResponseInput> | undefined
  const [cause, setCause] = useState<Cause | undefined>(said?.cause)
  const [taken, setTaken] = useState<Action | undefined>(said?.action)
  const [disposition, setDisposition] = useState<Disposition | undefined>(said?.disposition)
  const [note, setNote] = useState(said?.note ?? '')
  const [question, setQuestion] = useState(said ? LAST : 0)
  const mustExplain = cause === 'other' || taken === 'other'

  function answered<Value>(set: (value: Value) => void) {
    return (value: Value) => {
      set(value)
      setQuestion((now) => now + 1)
    }
  }

  return (
    <div className="grid gap-5">
      {question > 0 && (
        <button
          type="button"
          onClick={() => setQuestion(question - 1)}
          className="-mb-2 -ms-2 inline-flex min-h-target items-center gap-2 justify-self-start rounded-lg px-2 text-sm font-medium text-ink-muted hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
          {t('action.back')}
        </button>
      )}
      {question === 0 && (
        <Choices
          label={t('action.why')}
          name="cause"
          value={cause}
          onChange={answered(setCause)}
          options={CAUSES.map((value) => ({ value, label: t(`causes.${value}`) }))}
        />
      )}
      {question === 1 && (
        <Choices
          label={t('action.what')}
          name="action"
          value={taken}
          onChange={answered(setTaken)}
          options={ACTIONS.map((value) => ({ value, label: t(`actions.${value}`) }))}
        />
      )}
      {question === 2 && (
        <Choices
          label={t('action.food')}
          name="disposition"
          value={disposition}
          onChange={answered(setDisposition)}
          columns="grid-cols-1 sm:grid-cols-2"
          options={DISPOSITIONS.map((value) => ({
            value,
            label: t(`dispositions.${value}`),
            hint: t(`dispositionHints.${value}`),
          }))}
        />
      )}
      {question === LAST && cause && taken && disposition && (
        <>
          <dl className="grid gap-x-6 gap-y-3 rounded-xl bg-sunken p-4 text-[0.9375rem] sm:grid-cols-3">
            <Answer question={t('action.cause')} answer={t(`causes.${cause}`)} />
            <Answer question={t('action.taken')} answer={t(`actions.${taken}`)} />
            <Answer question={t('action.disposition')} answer={t(`dispositions.${disposition}`)} />
          </dl>
          <Field
            label={t('action.note')}
            optional={mustExplain ? undefined : t('optional')}
            hint={mustExplain ? t('action.explainOther') : undefined}
          >
            <TextArea value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
          </Field>
          {viewer.can('evidence.add', action.locationId) && (
            <PhotoField field={photos} organizationId={viewer.organizationId} gallery={!viewer.isShared} />
          )}
          {respond.error && <RefusalText error={respond.error} />}
          <Button
            look="primary"
            className="min-h-14 text-base"
            disabled={mustExplain && note.trim() === ''}
            busy={respond.isPending}
            onClick={async () => {
              const named = await photos.release()
              if (named) respond.mutate({ cause, action: taken, disposition, note, ...named })
            }}
          >
            {t('action.save')}
          </Button>
        </>
      )}
    </div>
  )
}

const Answer = ({ question, answer }: { question: string; answer: string }) => (
  <div>
    <dt className="text-sm text-ink-muted">{question}</dt>
    <dd className="font-medium">{answer}</dd>
  </div>
)
