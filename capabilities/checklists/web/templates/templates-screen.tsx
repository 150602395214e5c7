'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  IconButton,
  Input,
  Link,
  Menu,
  NoPermission,
  OlderRows,
  PageHeader,
  Panel,
  RelativeTime,
  SkeletonRows,
  StatusBadge,
  Tabs,
  useToast,
} from '@opsflow/platform/web'
import { Archive, ArchiveRestore, ClipboardList, Copy, Ellipsis, Library, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type DraftHere, useChangeTemplate, useDraftsHere, useDropDraft, useTemplates } from '../../client/index.ts'
import type { TemplateSummary } from '../../template-records.ts'
import { CopyDialog } from './copy-dialog.tsx'
import { NewTemplateDialog } from './new-template-dialog.tsx'

const views = ['active', 'archived'] as const
type View = (typeof views)[number]

/** The checklists of an organization, as they are written. `onOpen` leads to the builder. */
export function TemplatesScreen({ onOpen }: { onOpen: (id: string) => void }) {
  const t = useTranslations('templates')
  const viewer = useViewer()
  const [view, setView] = useState<View>('active')
  const [isNew, setIsNew] = useState(false)
  if (!viewer.can('checklists.read')) return <NoPermission />
  const mayManage = viewer.can('checklists.manage')
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          mayManage && (
            <>
              <ButtonLink href="/settings/checklists/library">
                <Library aria-hidden />
                {t('fromLibrary')}
              </ButtonLink>
              <Button look="primary" onClick={() => setIsNew(true)}>
                <Plus aria-hidden />
                {t('new')}
              </Button>
            </>
          )
        }
      />
      <DraftsHere />
      <Tabs
        label={t('title')}
        tabs={views.map((id) => ({ id, label: t(`views.${id}`) }))}
        value={view}
        onChange={setView}
      >
        <TemplateList key={view} view={view} onOpen={onOpen} onNew={mayManage ? () => setIsNew(true) : undefined} />
      </Tabs>
      {isNew && <NewTemplateDialog onClose={() => setIsNew(false)} onMade={onOpen} />}
    </>
  )
}

/** What was written on this device and is not saved, so that it is found again. */
function DraftsHere() {
  const t = useTranslations('templates.here')
  const drafts = useDraftsHere()
  if (drafts.length === 0) return null
  return (
    <Panel title={t('title')} hint={t('hint')} flush className="mb-5">
      <ul className="divide-y divide-line">
        {drafts.map((draft) => (
          <DraftRow key={draft.id} draft={draft} />
        ))}
      </ul>
    </Panel>
  )
}

function DraftRow({ draft: { id, name, at } }: { draft: DraftHere }) {
  const t = useTranslations('templates.here')
  const toast = useToast()
  const drop = useDropDraft()
  const letGo = async () => {
    const undo = await drop(id)
    toast({ message: t('gone', { name }), undo })
  }
  return (
    <li className="flex items-center gap-2 py-1.5 ps-4 pe-2 sm:ps-5">
      <Link
        href={`/settings/checklists/one?id=${id}`}
        className="flex min-h-target min-w-0 flex-1 flex-wrap items-center gap-x-4 py-1.5 hover:text-accent-ink"
      >
        <span className="min-w-0 flex-1 basis-52 text-[0.9375rem] leading-snug font-medium text-pretty">{name}</span>
        <span className="text-sm text-ink-muted">{t.rich('written', { time: () => <RelativeTime at={at} /> })}</span>
      </Link>
      <IconButton label={t('letGo', { name })} icon={<Trash2 aria-hidden />} onClick={() => void letGo()} />
    </li>
  )
}

function TemplateList({
  view,
  onOpen,
  onNew,
}: {
  view: View
  onOpen: (id: string) => void
  onNew: (() => void) | undefined
}) {
  const t = useTranslations('templates')
  const templates = useTemplates(view)
  const [words, setWords] = useState('')
  if (templates.isPending) return <SkeletonRows className="pt-5" />
  if (templates.isError) return <ErrorState error={templates.error} onRetry={templates.refetch} />
  const all = templates.data.pages.flatMap(({ items }) => items)
  const shown = all.filter(({ name }) => name.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase()))
  if (all.length === 0) {
    return (
      <EmptyState
        icon={<ClipboardList aria-hidden />}
        title={view === 'active' ? t('empty') : t('emptyArchive')}
        action={
          view === 'active' &&
          onNew && (
            <>
              <ButtonLink look="primary" href="/settings/checklists/library">
                {t('fromLibrary')}
              </ButtonLink>
              <Button onClick={onNew}>{t('new')}</Button>
            </>
          )
        }
      >
        {view === 'active' && t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <div className="grid gap-4 pt-4">
      {all.length > 8 && (
        <Input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className="max-w-md"
        />
      )}
      <Panel title={t(`views.${view}`)} hint={t('count', { count: shown.length })} flush>
        {shown.length === 0 && <p className="px-5 py-8 text-center text-ink-muted">{t('notFound', { words })}</p>}
        <ul className="divide-y divide-line">
          {shown.map((template) => (
            <TemplateRow key={template.id} template={template} onOpen={onOpen} />
          ))}
        </ul>
        {templates.hasNextPage && <OlderRows asked onAsk={() => undefined} query={templates} />}
      </Panel>
    </div>
  )
}

function TemplateRow({ template, onOpen }: { template: TemplateSummary; onOpen: (id: string) => void }) {
  const t = useTranslations('templates')
  return (
    <li className="flex items-center gap-2 py-1.5 ps-4 pe-2 sm:ps-5">
      <Link
        href={`/settings/checklists/one?id=${template.id}`}
        className="flex min-h-target min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1 py-1.5 hover:text-accent-ink"
      >
        <span className="min-w-0 flex-1 basis-52">
          <span className="block text-[0.9375rem] leading-snug font-medium text-pretty">{template.name}</span>
          <span className="dotted mt-0.5 flex flex-wrap text-sm text-ink-muted">
            <span>{t(`categories.${template.category}`)}</span>
            <span>{t('items', { count: template.items })}</span>
          </span>
        </span>
        <TemplateStatus template={template} />
      </Link>
      <TemplateMenu template={template} onOpen={onOpen} />
    </li>
  )
}

type Status = Pick<TemplateSummary, 'publishedVersion' | 'isChanged' | 'archivedAt'>

/** Whether anybody is asked this, and whether the draft says something else. */
export function TemplateStatus({ template: { publishedVersion, isChanged, archivedAt } }: { template: Status }) {
  const t = useTranslations('templates.status')
  if (archivedAt) return <StatusBadge tone="neutral">{t('archived')}</StatusBadge>
  if (publishedVersion === null) return <StatusBadge tone="neutral">{t('draft')}</StatusBadge>
  return isChanged ? (
    <StatusBadge tone="warn">{t('changed', { version: publishedVersion })}</StatusBadge>
  ) : (
    <StatusBadge tone="ok">{t('inUse', { version: publishedVersion })}</StatusBadge>
  )
}

function TemplateMenu({ template, onOpen }: { template: TemplateSummary; onOpen: (id: string) => void }) {
  const t = useTranslations('templates')
  const viewer = useViewer()
  const toast = useToast()
  const change = useChangeTemplate()
  const [isCopying, setIsCopying] = useState(false)
  if (!viewer.can('checklists.manage')) return null
  const { id, name } = template
  const isArchived = template.archivedAt !== null

  function archive(archived: boolean, revision: number, isUndo = false) {
    change.mutate(
      { id, revision, archived },
      {
        onSuccess: (after) =>
          toast({
            message: t(archived ? 'archived' : 'restored', { name }),
            ...(!isUndo && { undo: () => archive(!archived, after.revision, true) }),
          }),
        onError: (error) => toast({ message: error.message, tone: 'danger' }),
      },
    )
  }

  const copy = { id: 'copy', label: t('copy'), icon: <Copy aria-hidden />, onSelect: () => setIsCopying(true) }
  const putAway = {
    id: 'archive',
    label: t(isArchived ? 'restore' : 'archive'),
    icon: isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />,
    onSelect: () => archive(!isArchived, template.revision),
  }
  return (
    <>
      <Menu
        label={t('actionsOf', { name })}
        align="end"
        className="inline-flex size-target shrink-0 items-center justify-center rounded-lg text-ink-muted transition-colors hover:bg-sunken hover:text-ink"
        sections={[{ id: 'actions', items: template.isMine ? [copy, putAway] : [copy] }]}
      >
        <Ellipsis aria-hidden className="size-5" />
      </Menu>
      {isCopying && <CopyDialog template={template} onClose={() => setIsCopying(false)} onMade={onOpen} />}
    </>
  )
}
