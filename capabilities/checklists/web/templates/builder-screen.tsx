'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ErrorState,
  IconButton,
  Menu,
  NoPermission,
  PageHeader,
  SkeletonRows,
  Tabs,
  useToast,
} from '@opsflow/platform/web'
import { Ellipsis, GitCompare, Redo2, Settings2, Store, Undo2, Upload } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type KeptDraft, useKeptDraft, useTemplate } from '../../client/index.ts'
import type { ChecklistTemplate } from '../../template.ts'
import { DraftEditor } from './draft-editor.tsx'
import { LocalChangesSheet } from './local-changes-sheet.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { SaveLine } from './save-line.tsx'
import { ScheduleLine } from './schedule-line.tsx'
import { SettingsSheet } from './settings-sheet.tsx'
import { TemplateStatus } from './templates-screen.tsx'
import { useDraft } from './use-draft.ts'
import { useProblems } from './use-problems.ts'
import { VersionsSheet } from './versions-sheet.tsx'

const TestRun = lazy(() => import('./test-run.tsx'))

/** A checklist as it is written: questions on one side, what the crew will see on the other. */
export function BuilderScreen({ id }: { id: string }) {
  const viewer = useViewer()
  const template = useTemplate(id)
  const kept = useKeptDraft(id)
  if (!viewer.can('checklists.read')) return <NoPermission />
  if (kept.isPending) return <SkeletonRows rows={6} />
  // Without a network one goes on with what was written here, on what it was written on.
  const known = template.data ?? (template.error?.name === 'Unreachable' ? kept.data?.template : undefined)
  if (known) return <Builder key={id} template={known} kept={kept.data ?? undefined} />
  if (template.isPending) return <SkeletonRows rows={6} />
  return <ErrorState error={template.error} onRetry={template.refetch} />
}

type Sheet = 'settings' | 'versions' | 'publish' | 'local'

function Builder({ template, kept }: { template: ChecklistTemplate; kept: KeptDraft | undefined }) {
  const t = useTranslations('templates')
  const viewer = useViewer()
  const toast = useToast()
  const mayEdit = template.isMine && template.archivedAt === null
  const draft = useDraft(template, mayEdit ? kept : undefined)
  const problems = useProblems(draft.doc.draft)
  const [side, setSide] = useState<'edit' | 'try'>('edit')
  const [sheet, setSheet] = useState<Sheet>()
  const close = () => setSheet(undefined)
  const published = (after: ChecklistTemplate) => {
    draft.follow(after)
    close()
    toast({ message: t('publishedNow', { version: after.publishedVersion ?? 0 }) })
  }

  return (
    <>
      <PageHeader
        title={draft.doc.name}
        text={<TemplateStatus template={{ ...template, isChanged: draft.isChanged }} />}
        back={{ href: '/settings/checklists', label: t('back') }}
        actions={
          <>
            {mayEdit && (
              <>
                <IconButton
                  label={t('undo')}
                  icon={<Undo2 aria-hidden />}
                  disabled={!draft.undo}
                  onClick={draft.undo}
                />
                <IconButton
                  label={t('redo')}
                  icon={<Redo2 aria-hidden />}
                  disabled={!draft.redo}
                  onClick={draft.redo}
                />
              </>
            )}
            <BuilderMenu template={template} mayEdit={mayEdit} onOpen={setSheet} />
            {mayEdit && (
              <Button
                look="primary"
                disabled={draft.state !== 'saved' || !draft.isChanged}
                onClick={() => setSheet('publish')}
              >
                <Upload aria-hidden />
                {t('publish')}
              </Button>
            )}
          </>
        }
      />
      {mayEdit ? (
        <SaveLine draft={draft} templateId={template.id} />
      ) : (
        <p className="mb-4 text-sm text-ink-muted">{t('readOnly')}</p>
      )}
      {template.publishedVersion !== null && viewer.can('checklists.manage') && (
        <ScheduleLine templateId={template.id} />
      )}
      <div className="xl:hidden">
        <Tabs
          label={draft.doc.name}
          tabs={(['edit', 'try'] as const).map((id) => ({ id, label: t(`sides.${id}`) }))}
          value={side}
          onChange={setSide}
        >
          {null}
        </Tabs>
      </div>
      <div className="grid items-start gap-6 pt-4 xl:grid-cols-[minmax(0,1fr)_24.5rem] xl:pt-0">
        <div className={side === 'edit' ? '' : 'max-xl:hidden'}>
          <DraftEditor
            content={draft.doc.draft}
            problems={problems}
            disabled={!mayEdit}
            onChange={(how) => draft.change((now) => ({ ...now, draft: how(now.draft) }))}
          />
        </div>
        <div className={side === 'try' ? '' : 'max-xl:hidden'}>
          <Suspense fallback={<SkeletonRows />}>
            <TestRun name={draft.doc.name} content={draft.doc.draft} />
          </Suspense>
        </div>
      </div>
      {sheet === 'settings' && <SettingsSheet doc={draft.doc} onChange={draft.change} onClose={close} />}
      {sheet === 'versions' && (
        <VersionsSheet template={template} revision={draft.revision} onRolledBack={published} onClose={close} />
      )}
      {sheet === 'publish' && (
        <PublishDialog id={template.id} revision={draft.revision} onPublished={published} onClose={close} />
      )}
      {sheet === 'local' && <LocalChangesSheet template={template} onClose={close} />}
    </>
  )
}

function BuilderMenu({
  template,
  mayEdit,
  onOpen,
}: {
  template: ChecklistTemplate
  mayEdit: boolean
  onOpen: (sheet: Sheet) => void
}) {
  const t = useTranslations('templates')
  const viewer = useViewer()
  const item = (id: Sheet, label: string, icon: React.ReactNode) => ({ id, label, icon, onSelect: () => onOpen(id) })
  const isInUse = template.publishedVersion !== null
  const items = [
    mayEdit && item('settings', t('settings'), <Settings2 aria-hidden />),
    isInUse && item('versions', t('versions'), <GitCompare aria-hidden />),
    isInUse && viewer.can('checklists.manage') && item('local', t('local'), <Store aria-hidden />),
  ].filter((one) => one !== false)
  if (items.length === 0) return null
  return (
    <Menu
      label={t('actionsOf', { name: template.name })}
      align="end"
      className="inline-flex size-target shrink-0 items-center justify-center rounded-lg text-ink-muted transition-colors hover:bg-sunken hover:text-ink"
      sections={[{ id: 'actions', items }]}
    >
      <Ellipsis aria-hidden className="size-5" />
    </Menu>
  )
}
