'use client'
import { nameOf, usePhotoField } from '@opsflow/platform/client/files/use-photos'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, Field, PhotoField, TextArea } from '@opsflow/platform/web'
import { ListTodo, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'
import type { Step } from '../../steps.ts'
import type { Answering } from './use-answering.ts'

/**
 * A note and photos to an answer; to a failing one also what to do about it at once: put it right and check again, or
 * make it a task. The answer itself is kept already.
 */
export function MoreSheet({
  list,
  step,
  answering,
  open,
  onClose,
  onGoOn,
}: {
  list: Checklist
  step: Step
  answering: Answering
  open: boolean
  onClose: () => void
  onGoOn: () => void
}) {
  const t = useTranslations('doing.step')
  const { item, answer } = step
  const fails = answer?.outcome === 'fail'
  return (
    <Dialog
      open={open}
      onClose={onClose}
      place="sheet"
      title={t(fails ? 'fixTitle' : 'moreTitle')}
      description={step.entry ? `${step.entry.label}: ${item.label}` : item.label}
    >
      <Sheet
        key={answer?.id ?? ''}
        {...{ list, step, answering }}
        onDone={(goesOn) => {
          onClose()
          if (goesOn) onGoOn()
        }}
      />
    </Dialog>
  )
}

function Sheet({
  list,
  step: { item, entry, answer },
  answering,
  onDone,
}: {
  list: Checklist
  step: Step
  answering: Answering
  onDone: (goesOn: boolean) => void
}) {
  const t = useTranslations('doing.step')
  const viewer = useViewer()
  const [note, setNote] = useState(answer?.note ?? '')
  const field = usePhotoField(`more ${list.id} ${item.id} ${entry?.id ?? ''} ${viewer.memberId}`, list.locationId)
  const fails = answer?.outcome === 'fail'
  const onFail = fails ? item.onFail : null
  const fresh = field.photos.filter(({ id }) => !answering.photos.some((photo) => photo.id === id))
  const lacksNote = onFail?.needsNote === true && note.trim() === ''
  const lacksPhoto = onFail?.needsPhoto === true && answering.photos.length + fresh.length === 0
  const isUnit = answer?.value?.kind === 'temperature' && answer.value.unitId !== null
  const mayTask = onFail !== null && onFail.leadsTo !== 'nothing' && !isUnit && answer?.taskId === null

  async function keep(goesOn: boolean, becomesTask = false) {
    const hasMore = note.trim() !== (answer?.note ?? '') || fresh.length > 0 || becomesTask
    if (hasMore) {
      if (!(await field.release())) return
      const photos = [...answering.photos, ...fresh].map(nameOf)
      if (!(await answering.add({ note: note.trim(), photos, becomesTask }))) return
    }
    onDone(goesOn)
  }

  return (
    <div className="grid gap-5 pb-2">
      {onFail?.fix && (
        <p className="rounded-xl border border-warn/50 bg-warn-tint px-4 py-3 text-[1.0625rem] font-medium whitespace-pre-line">
          {onFail.fix}
        </p>
      )}
      <Field
        label={t(fails ? 'whatWasWrong' : 'note')}
        optional={lacksNote || onFail?.needsNote ? undefined : t('optional')}
      >
        <TextArea
          value={note}
          maxLength={2000}
          className="text-base"
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      {viewer.can('evidence.add', list.locationId) && (
        <div className="grid gap-1">
          <PhotoField
            field={field}
            organizationId={viewer.organizationId}
            gallery={!viewer.isShared}
            earlier={answering.photos}
            atLeast={onFail?.needsPhoto ? 1 : 0}
          />
          {lacksPhoto && <p className="text-sm font-medium text-warn">{t('photoNeeded')}</p>}
        </div>
      )}
      <div className="grid gap-2.5">
        {onFail && onFail.leadsTo !== 'task' && (
          <Button look="primary" className="h-14 text-base" busy={answering.isBusy} onClick={() => keep(false)}>
            <RotateCcw aria-hidden />
            {t('fixedCheckAgain')}
          </Button>
        )}
        {mayTask ? (
          <Button
            look={onFail.leadsTo === 'task' ? 'primary' : 'secondary'}
            className="h-14 text-base"
            disabled={lacksNote || lacksPhoto}
            busy={answering.isBusy}
            onClick={() => keep(true, true)}
          >
            <ListTodo aria-hidden />
            {t('makeTask')}
          </Button>
        ) : (
          <Button
            look={onFail && onFail.leadsTo !== 'task' ? 'secondary' : 'primary'}
            className="h-14 text-base"
            disabled={lacksNote || lacksPhoto}
            busy={answering.isBusy}
            onClick={() => keep(true)}
          >
            {t('goOn')}
          </Button>
        )}
      </div>
    </div>
  )
}
