'use client'
import { Button, Dialog, ErrorState, Field, RelativeTime, Select, SkeletonRows, Tabs } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useComparison, useRollBack, useVersions } from '../../client/index.ts'
import type { ChecklistTemplate } from '../../template.ts'
import type { TemplateVersion } from '../../template-records.ts'
import { DifferenceList } from './difference-list.tsx'
import { RefusalText } from './refusal-text.tsx'

/** What was published, by whom; two beside each other; and the way back. */
export function VersionsSheet({
  template,
  revision,
  onRolledBack,
  onClose,
}: {
  template: ChecklistTemplate
  revision: () => number
  onRolledBack: (after: ChecklistTemplate) => void
  onClose: () => void
}) {
  const t = useTranslations('templates.history')
  const versions = useVersions(template.id)
  const [tab, setTab] = useState<'list' | 'compare'>('list')
  return (
    <Dialog open onClose={onClose} place="sheet" title={t('title')}>
      {versions.isPending && <SkeletonRows />}
      {versions.isError && <ErrorState compact error={versions.error} onRetry={versions.refetch} />}
      {versions.data && (
        <Tabs
          label={t('title')}
          tabs={(['list', 'compare'] as const).map((id) => ({ id, label: t(`tabs.${id}`) }))}
          value={tab}
          onChange={setTab}
        >
          <div className="pt-4">
            {tab === 'list' ? (
              <VersionList
                template={template}
                versions={versions.data.items}
                revision={revision}
                onRolledBack={onRolledBack}
              />
            ) : (
              <Compare template={template} versions={versions.data.items} />
            )}
          </div>
        </Tabs>
      )}
    </Dialog>
  )
}

function VersionList({
  template,
  versions,
  revision,
  onRolledBack,
}: {
  template: ChecklistTemplate
  versions: readonly TemplateVersion[]
  revision: () => number
  onRolledBack: (after: ChecklistTemplate) => void
}) {
  const t = useTranslations('templates.history')
  const rollBack = useRollBack()
  const [asked, setAsked] = useState<number>()
  const mayChange = template.isMine && template.archivedAt === null
  return (
    <ul className="grid gap-3">
      {rollBack.error && <RefusalText error={rollBack.error} />}
      {versions.map(({ id, version, publishedBy, publishedAt, note, items }) => (
        <li key={id} className="rounded-lg border border-line px-4 py-3">
          <p className="font-medium">
            {t('version', { version })}
            {version === template.publishedVersion && <span className="ms-2 text-sm text-ok">{t('inUse')}</span>}
          </p>
          <p className="dotted mt-0.5 flex flex-wrap text-sm text-ink-muted">
            <RelativeTime at={publishedAt} />
            {publishedBy && <span>{publishedBy.name}</span>}
            <span>{t('items', { count: items })}</span>
          </p>
          {note && <p className="mt-1.5 text-sm">{note}</p>}
          {mayChange && version !== template.publishedVersion && (
            <div className="mt-2 flex flex-wrap items-center gap-2">
              {asked === version ? (
                <>
                  <p className="basis-full text-sm text-ink-muted">
                    {t(template.isChanged ? 'askKeepingDraft' : 'ask')}
                  </p>
                  <Button
                    look="primary"
                    busy={rollBack.isPending}
                    onClick={() =>
                      rollBack.mutate(
                        { id: template.id, revision: revision(), version, note: t('note', { version }) },
                        { onSuccess: onRolledBack },
                      )
                    }
                  >
                    {t('publishAgain', { version })}
                  </Button>
                  <Button onClick={() => setAsked(undefined)}>{t('no')}</Button>
                </>
              ) : (
                <Button onClick={() => setAsked(version)}>{t('goBack')}</Button>
              )}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function Compare({ template, versions }: { template: ChecklistTemplate; versions: readonly TemplateVersion[] }) {
  const t = useTranslations('templates.history')
  const [from, setFrom] = useState(versions[1]?.version ?? versions[0]?.version ?? 1)
  const [to, setTo] = useState<number | undefined>(template.isChanged ? undefined : versions[0]?.version)
  const comparison = useComparison(template.id, from, to)
  const options = versions.map(({ version }) => (
    <option key={version} value={version}>
      {t('version', { version })}
    </option>
  ))
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('from')}>
          <Select value={from} onChange={(event) => setFrom(Number(event.target.value))}>
            {options}
          </Select>
        </Field>
        <Field label={t('to')}>
          <Select value={to ?? ''} onChange={(event) => setTo(Number(event.target.value) || undefined)}>
            <option value="">{t('draft')}</option>
            {options}
          </Select>
        </Field>
      </div>
      {comparison.isPending && <SkeletonRows rows={2} />}
      {comparison.isError && <ErrorState compact error={comparison.error} onRetry={comparison.refetch} />}
      {comparison.data && <DifferenceList differences={comparison.data.differences} />}
    </div>
  )
}
