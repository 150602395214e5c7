'use client'
import { Button, Choices, Dialog, Field, Input } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { DraftContent, Section } from '../../template.ts'
import { ShowIfFields } from './show-if-fields.tsx'
import { UnitKindBoxes } from './unit-kind-boxes.tsx'
import { WordsInput } from './words-input.tsx'

/** A section: how it is called, how often it is asked, and when it shows. */
export function SectionSheet({
  section,
  content,
  disabled,
  onChange,
  onClose,
}: {
  section: Section
  content: DraftContent
  disabled: boolean
  onChange: (section: Section) => void
  onClose: () => void
}) {
  const t = useTranslations('templates')
  const { repeat } = section
  const way = repeat === null ? 'once' : repeat.per
  /** A section asks what its first item could ask. */
  const asker = { id: section.items[0]?.id ?? '', showIf: section.showIf }
  return (
    <Dialog
      open
      onClose={onClose}
      place="sheet"
      title={t('section')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <fieldset disabled={disabled} className="grid gap-5">
        <Field label={t('sectionTitle')}>
          <Input
            maxLength={200}
            value={section.title}
            onChange={(event) => onChange({ ...section, title: event.target.value })}
            onBlur={() => onChange({ ...section, title: section.title.trim() })}
          />
        </Field>
        <Choices
          label={t('repeat')}
          name="repeat"
          value={way}
          onChange={(per) =>
            onChange({
              ...section,
              repeat:
                per === 'once'
                  ? null
                  : per === 'unit'
                    ? { per, unitKinds: ['walk_in_cooler', 'reach_in'] }
                    : { per, noun: t('batch'), atLeast: 1, atMost: 50 },
            })
          }
          options={(['once', 'unit', 'entry'] as const).map((value) => ({
            value,
            label: t(`repeats.${value}`),
            hint: t(`repeatHints.${value}`),
          }))}
          columns="grid-cols-1"
        />
        {repeat?.per === 'unit' && (
          <UnitKindBoxes
            label={t('ofWhichUnits')}
            value={repeat.unitKinds}
            onChange={(unitKinds) => unitKinds.length > 0 && onChange({ ...section, repeat: { ...repeat, unitKinds } })}
          />
        )}
        {repeat?.per === 'entry' && (
          <Field label={t('noun')} hint={t('nounHint')}>
            <WordsInput
              maxLength={60}
              value={repeat.noun}
              onChange={(noun) => onChange({ ...section, repeat: { ...repeat, noun } })}
            />
          </Field>
        )}
        <ShowIfFields
          of={asker}
          content={beyond(content, section)}
          onChange={(showIf) => onChange({ ...section, showIf })}
        />
      </fieldset>
    </Dialog>
  )
}

/** Before its own first question a section sees what lies outside of it alone. */
const beyond = (content: DraftContent, section: Section): DraftContent => ({
  ...content,
  sections: content.sections.map((one) => (one.id === section.id ? { ...one, items: one.items.slice(0, 1) } : one)),
})
