'use client'
import { useMendedWork } from '@opsflow/platform/client/sync/mended'
import { Button } from '@opsflow/platform/web'
import { RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Answer, NewAnswer } from '../../answer.ts'
import type { ChecklistForm } from '../../form.ts'
import type { Item } from '../../item.ts'
import { placeOf } from '../../standing-answers.ts'
import { ValueText } from './value-text.tsx'

/** What was recorded about a list and refused, opened again at its place: an answer, or something about all of it. */
export type CameBack =
  | { kind: 'answer'; key: string; said: Said }
  | { kind: 'empty'; key: 'finish'; reason: string }
  | { kind: 'verify'; key: 'finish'; note: string; meaning: string }
  | { kind: 'other'; key: 'finish' }

/** An answer as it had been given. */
export type Said = NewAnswer

export function useCameBack(checklistId: string): CameBack | undefined {
  const work = useMendedWork()
  const args = work?.args as Record<string, unknown> | undefined
  if (!work || !args || args.checklistId !== checklistId) return undefined
  if (work.name === 'checklists.answer') {
    const said = { entryId: null, note: '', photos: [], notApplicable: false, ...args } as unknown as Said
    // An entry is begun at the end of its section, under the section’s own id.
    const key = said.value?.kind === 'entry' ? said.itemId : placeOf(said)
    return { kind: 'answer', key, said }
  }
  const text = (name: string) => (typeof args[name] === 'string' ? args[name] : '')
  if (work.name === 'checklists.empty') return { kind: 'empty', key: 'finish', reason: text('reason') }
  if (work.name === 'checklists.verify')
    return { kind: 'verify', key: 'finish', note: text('note'), meaning: text('meaning') }
  return { kind: 'other', key: 'finish' }
}

/** The answer that was refused, to be recorded once more as it was; or to be given anew where it was asked. */
export function AnswerCameBack({ item, said, onAgain }: { item: Item; said: Said; onAgain?: () => void }) {
  const t = useTranslations('doing.step')
  return (
    <CameBackCard title={t('cameBack')}>
      <p className="text-lg font-semibold">
        <ValueText item={item} answer={asAnswer(said)} />
      </p>
      {said.note && <p className="text-[0.9375rem] whitespace-pre-line">{said.note}</p>}
      {said.value?.kind !== 'photo' && said.photos.length > 0 && (
        <p className="text-sm text-ink-muted">{t('photosCount', { count: said.photos.length })}</p>
      )}
      {onAgain && (
        <Button className="h-14 text-base" onClick={onAgain}>
          <RotateCcw aria-hidden />
          {t('recordAgain')}
        </Button>
      )}
    </CameBackCard>
  )
}

/** Of a list that is over, or no longer asks it: what had been answered, so that nobody has to remember it. */
export function CameBackOver({ form, cameBack }: { form: ChecklistForm; cameBack: CameBack | undefined }) {
  const t = useTranslations('doing.step')
  if (cameBack?.kind !== 'answer') return null
  const { said } = cameBack
  const item = form.content.sections.flatMap(({ items }) => items).find(({ id }) => id === said.itemId)
  if (!item) return null
  return (
    <CameBackCard title={t('cameBackTo', { item: item.label })}>
      <p className="text-lg font-semibold">
        <ValueText item={item} answer={asAnswer(said)} />
      </p>
      {said.note && <p className="text-[0.9375rem] whitespace-pre-line">{said.note}</p>}
    </CameBackCard>
  )
}

const CameBackCard = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title} className="grid gap-2 rounded-xl border border-warn/50 bg-warn-tint p-4">
    <p className="text-sm font-medium">{title}</p>
    {children}
  </section>
)

const asAnswer = ({ value, notApplicable, photos }: Said): Pick<Answer, 'value' | 'outcome' | 'photos'> => ({
  value,
  outcome: value ? 'recorded' : notApplicable ? 'not_applicable' : 'cleared',
  photos: photos.length,
})
