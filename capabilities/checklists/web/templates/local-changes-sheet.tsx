'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, ErrorState, Field, Input, Select, SkeletonRows, Switch, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChangeLocally, useLocalChanges, useVersion, useVersions } from '../../client/index.ts'
import type { LocalChanges } from '../../form.ts'
import type { Item } from '../../item.ts'
import type { ChecklistTemplate, TemplateContent } from '../../template.ts'
import type { LocalChangesRecord } from '../../template-records.ts'
import { RefusalText } from './refusal-text.tsx'
import { BoundInput } from './words-input.tsx'

/** What one location says differently, of what the template opens. */
export function LocalChangesSheet({ template, onClose }: { template: ChecklistTemplate; onClose: () => void }) {
  const t = useTranslations('templates.localChanges')
  const viewer = useViewer()
  const places = viewer.locations.filter(({ id }) => viewer.can('checklists.manage', id))
  const [locationId, setLocationId] = useState(places[0]?.id ?? '')
  return (
    <Dialog open onClose={onClose} place="sheet" title={t('title')} description={t('text')}>
      <div className="grid gap-5">
        <Field label={t('location')}>
          <Select value={locationId} onChange={(event) => setLocationId(event.target.value)}>
            {places.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        {locationId && <At key={locationId} template={template} locationId={locationId} onSaved={onClose} />}
      </div>
    </Dialog>
  )
}

function At({
  template,
  locationId,
  onSaved,
}: {
  template: ChecklistTemplate
  locationId: string
  onSaved: () => void
}) {
  const versions = useVersions(template.id)
  const inUse = versions.data?.items.find(({ version }) => version === template.publishedVersion)
  const version = useVersion(inUse?.id)
  const local = useLocalChanges(template.id, locationId)
  const failed = [versions, version, local].find(({ isError }) => isError)
  if (failed) return <ErrorState compact error={failed.error} onRetry={failed.refetch} />
  if (!version.data || !local.data) return <SkeletonRows rows={3} />
  return <Fields key={local.data.revision} content={version.data.content} record={local.data} onSaved={onSaved} />
}

function Fields({
  content,
  record,
  onSaved,
}: {
  content: TemplateContent
  record: LocalChangesRecord
  onSaved: () => void
}) {
  const t = useTranslations('templates.localChanges')
  const toast = useToast()
  const save = useChangeLocally()
  const [changes, setChanges] = useState<LocalChanges>(record.changes)
  const open = content.sections.flatMap(({ items }) => items).filter(({ local }) => local.length > 0)
  if (open.length === 0) return <p className="text-sm text-ink-muted">{t('nothingOpen')}</p>

  function set(item: Item, change: LocalChanges[string]) {
    const kept = Object.fromEntries(
      Object.entries({ ...changes[item.id], ...change }).filter(([, value]) => value !== undefined),
    )
    const { [item.id]: _, ...others } = changes
    setChanges(Object.keys(kept).length > 0 ? { ...others, [item.id]: kept } : others)
  }

  const { templateId, locationId, revision } = record
  return (
    <div className="grid gap-4">
      {open.map((item) => (
        <fieldset key={item.id} className="grid gap-2 rounded-lg border border-line p-3">
          <legend className="px-1 text-[0.9375rem] font-medium">{item.label}</legend>
          <ItemFields item={item} change={changes[item.id] ?? {}} onChange={(change) => set(item, change)} />
        </fieldset>
      ))}
      {save.error && <RefusalText error={save.error} />}
      <Button
        look="primary"
        busy={save.isPending}
        onClick={() =>
          save.mutate(
            { id: templateId, locationId, revision, changes },
            {
              onSuccess: () => {
                toast({ message: t('saved') })
                onSaved()
              },
            },
          )
        }
      >
        {t('save')}
      </Button>
    </div>
  )
}

function ItemFields({
  item,
  change,
  onChange,
}: {
  item: Item
  change: LocalChanges[string]
  onChange: (change: LocalChanges[string]) => void
}) {
  const t = useTranslations('templates.localChanges')
  const bounds =
    item.kind === 'number'
      ? item
      : item.kind === 'temperature' && item.subject.kind === 'food'
        ? item.subject
        : undefined
  return (
    <>
      {item.local.includes('hidden') && (
        <Switch
          label={t('hidden')}
          checked={change.hidden ?? false}
          onChange={(hidden) => onChange({ hidden: hidden || undefined })}
        />
      )}
      {item.local.includes('label') && (
        <Field label={t('label')}>
          <Input
            maxLength={300}
            placeholder={item.label}
            value={change.label ?? ''}
            onChange={(event) => onChange({ label: event.target.value.trimStart() || undefined })}
          />
        </Field>
      )}
      {item.local.includes('help') && (
        <Field label={t('help')}>
          <Input
            maxLength={4000}
            placeholder={item.help}
            value={change.help ?? ''}
            onChange={(event) => onChange({ help: event.target.value.trimStart() || undefined })}
          />
        </Field>
      )}
      {item.local.includes('limit') && bounds && (
        <div className="grid grid-cols-2 gap-3">
          <Field label={t('min')} hint={bounds.min === null ? undefined : t('usually', { value: bounds.min })}>
            <BoundInput value={change.min ?? null} onChange={(min) => onChange({ min: min ?? undefined })} />
          </Field>
          <Field label={t('max')} hint={bounds.max === null ? undefined : t('usually', { value: bounds.max })}>
            <BoundInput value={change.max ?? null} onChange={(max) => onChange({ max: max ?? undefined })} />
          </Field>
        </div>
      )}
    </>
  )
}
