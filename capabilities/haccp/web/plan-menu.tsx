'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, Field, Input, Menu, useErrorText, useToast } from '@opsflow/platform/web'
import { Archive, ArchiveRestore, Ellipsis, Pencil } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChangePlan } from '../client/index.ts'
import type { PlanSummary } from '../haccp-plan.ts'
import { RefusalText } from './refusal-text.tsx'

type Named = Pick<PlanSummary, 'id' | 'name' | 'locationId' | 'archivedAt'>

/** What may be done with a plan as a whole. Each can be taken back at once. */
export function PlanMenu({ plan }: { plan: Named }) {
  const t = useTranslations('haccp.menu')
  const { can } = useViewer()
  const [renaming, setRenaming] = useState(false)
  const archive = useArchive()
  if (!can('haccp.write', plan.locationId)) return null
  const isArchived = plan.archivedAt !== null
  const Shape = isArchived ? ArchiveRestore : Archive
  const items = [
    ...(isArchived
      ? []
      : [{ id: 'rename', label: t('rename'), icon: <Pencil aria-hidden />, onSelect: () => setRenaming(true) }]),
    {
      id: 'archive',
      label: t(isArchived ? 'bringBack' : 'archive'),
      icon: <Shape aria-hidden />,
      onSelect: () => archive(plan, !isArchived),
    },
  ]
  return (
    <>
      <Menu
        label={t('of', { name: plan.name })}
        align="end"
        className="inline-flex size-target shrink-0 items-center justify-center rounded-lg text-ink-muted transition-colors hover:bg-sunken hover:text-ink"
        sections={[{ id: 'actions', items }]}
      >
        <Ellipsis aria-hidden className="size-5" />
      </Menu>
      {renaming && <RenameDialog plan={plan} onClose={() => setRenaming(false)} />}
    </>
  )
}

/** A change of a plan, with the way back in its notice: also where the row it was begun from is gone by then. */
function useChangeWithUndo() {
  const refusal = useTranslations('haccp.refusal')
  const change = useChangePlan()
  const toast = useToast()
  const errorText = useErrorText()
  const say = (error: unknown) => {
    const isTaken = (error as { code?: string }).code === 'haccp.name_taken'
    toast({ message: isTaken ? refusal('name_taken') : errorText(error as Error), tone: 'danger' })
  }
  type Change = Parameters<typeof change.mutateAsync>[0]
  return {
    ...change,
    async go(wanted: Change, back: Change, message: string) {
      await change.mutateAsync(wanted)
      toast({ message, undo: () => void change.mutateAsync(back).catch(say) })
    },
    say,
  }
}

/** Archived, or brought back. */
export function useArchive() {
  const t = useTranslations('haccp.menu')
  const { go, say } = useChangeWithUndo()
  return ({ id, name }: Pick<Named, 'id' | 'name'>, archived: boolean) =>
    void go({ id, archived }, { id, archived: !archived }, t(archived ? 'archived' : 'broughtBack', { name })).catch(
      say,
    )
}

function RenameDialog({ plan: { id, name: before }, onClose }: { plan: Named; onClose: () => void }) {
  const t = useTranslations('haccp.menu')
  const { go, error, isPending } = useChangeWithUndo()

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    if (name === '' || name === before) return onClose()
    // Refused, it says so in the form.
    await go({ id, name }, { id, name: before }, t('renamed', { name })).then(onClose, () => undefined)
  }
  return (
    <Dialog open onClose={onClose} title={t('renameTitle')} description={t('renameText')}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t('name')}>
          <Input name="name" required maxLength={120} defaultValue={before} />
        </Field>
        {error && <RefusalText error={error} />}
        <Button look="primary" type="submit" busy={isPending}>
          {t('renameIt')}
        </Button>
      </form>
    </Dialog>
  )
}
