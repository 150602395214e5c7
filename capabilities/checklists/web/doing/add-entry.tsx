'use client'
import { Button, Field, Input } from '@opsflow/platform/web'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'
import { useAnswer } from '../../client/index.ts'
import type { Section } from '../../template.ts'

/** One more of what a section repeats: a batch, a delivery. */
export function AddEntry({
  list,
  section,
  begun,
  said,
  onAdded,
}: {
  list: Checklist
  section: Section
  begun: number
  /** The name of one that was refused. */
  said: string
  onAdded: (entryId: string) => void
}) {
  const t = useTranslations('doing.step')
  const answer = useAnswer()
  const [label, setLabel] = useState(said)
  const noun = section.repeat?.per === 'entry' ? section.repeat.noun : ''
  function add() {
    const entryId = crypto.randomUUID()
    const value = { kind: 'entry' as const, label: label.trim() || `${noun} ${begun + 1}` }
    answer.mutate(
      { id: crypto.randomUUID(), checklistId: list.id, formId: list.formId, itemId: section.id, entryId, value },
      {
        onSuccess: () => {
          setLabel('')
          onAdded(entryId)
        },
      },
    )
  }
  return (
    <article className="grid gap-5">
      <header className="grid gap-1.5">
        <p className="text-sm font-medium text-ink-muted">{section.title}</p>
        <h2 className="text-2xl leading-tight font-semibold tracking-[-0.02em]">
          {begun === 0 ? t('addFirst', { noun }) : t('addAnother', { noun })}
        </h2>
        <p className="text-[0.9375rem] text-ink-muted">{t('begun', { count: begun })}</p>
      </header>
      <Field label={t('entryName')} optional={t('optional')}>
        <Input
          value={label}
          maxLength={200}
          className="min-h-14 text-base"
          placeholder={`${noun} ${begun + 1}`}
          onChange={(event) => setLabel(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && add()}
        />
      </Field>
      <Button look="primary" className="h-16 text-lg" busy={answer.isPending} onClick={add}>
        <Plus aria-hidden />
        {t('add', { noun })}
      </Button>
    </article>
  )
}
