'use client'
import { Button, Dialog, Field, Select, Switch } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Doc } from '../../client/index.ts'
import type { Category, DraftContent } from '../../template.ts'
import { CATEGORIES } from './kinds.tsx'
import { ScoringFields } from './scoring-fields.tsx'
import { BoundInput, WordsInput } from './words-input.tsx'

/** What holds for the checklist as a whole. */
export function SettingsSheet({
  doc,
  onChange,
  onClose,
}: {
  doc: Doc
  onChange: (how: (now: Doc) => Doc) => void
  onClose: () => void
}) {
  const t = useTranslations('templates')
  const set = (part: Partial<DraftContent>) => onChange((now) => ({ ...now, draft: { ...now.draft, ...part } }))
  return (
    <Dialog
      open
      onClose={onClose}
      place="sheet"
      title={t('settings')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <div className="grid gap-5">
        <Field label={t('name')}>
          <WordsInput maxLength={200} value={doc.name} onChange={(name) => onChange((now) => ({ ...now, name }))} />
        </Field>
        <Field label={t('category')}>
          <Select
            value={doc.category}
            onChange={(event) => onChange((now) => ({ ...now, category: event.target.value as Category }))}
          >
            {CATEGORIES.map((category) => (
              <option key={category} value={category}>
                {t(`categories.${category}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('estimate')}>
          <BoundInput
            value={doc.draft.estimateMinutes}
            unit="min"
            onChange={(minutes) =>
              minutes !== null &&
              Number.isInteger(minutes) &&
              minutes >= 1 &&
              minutes <= 600 &&
              set({ estimateMinutes: minutes })
            }
          />
        </Field>
        <div>
          {(['needsSignature', 'needsSecondSignature', 'needsVerification', 'asksPresence', 'mayBeEmpty'] as const).map(
            (field) => (
              <Switch
                key={field}
                label={t(`whole.${field}`)}
                hint={t(`wholeHints.${field}`)}
                checked={doc.draft[field] ?? false}
                onChange={(on) => set({ [field]: on })}
              />
            ),
          )}
        </div>
        <ScoringFields scoring={doc.draft.scoring ?? null} onChange={(scoring) => set({ scoring })} />
      </div>
    </Dialog>
  )
}
