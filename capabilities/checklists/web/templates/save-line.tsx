'use client'
import { Button, RelativeTime, StatusShape } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useTemplateApi } from '../../client/index.ts'
import { RefusalText } from './refusal-text.tsx'
import type { SaveState, useDraft } from './use-draft.ts'

const tones = {
  saved: 'ok',
  waiting: 'neutral',
  saving: 'neutral',
  offline: 'warn',
  conflict: 'danger',
  refused: 'danger',
} as const

/** Where the work stands: saved, being saved, or kept here; and the choice when someone else saved meanwhile. */
export function SaveLine({ draft, templateId }: { draft: ReturnType<typeof useDraft>; templateId: string }) {
  const t = useTranslations('templates.save')
  const call = useTemplateApi()
  const { state, restoredAt }: { state: SaveState; restoredAt: number | undefined } = draft
  const theirs = () => call('GET /checklist-templates/{id}', { params: { id: templateId } })
  return (
    <div className="mb-4 grid gap-3">
      <p role="status" className="flex items-center gap-2 text-sm text-ink-muted">
        <StatusShape tone={tones[state]} />
        {t(state === 'offline' && draft.isKept ? 'kept' : state)}
      </p>
      {restoredAt !== undefined && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2 text-[0.9375rem]">
          <p className="min-w-0 flex-1 basis-64">
            {t.rich('restored', { time: () => <RelativeTime at={restoredAt} /> })}
          </p>
          {state !== 'conflict' && <Button onClick={draft.letGo}>{t('letGo')}</Button>}
        </div>
      )}
      {state === 'conflict' && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={async () => draft.takeTheirs(await theirs())}>{t('takeTheirs')}</Button>
          <Button onClick={async () => draft.keepMine(await theirs())}>{t('keepMine')}</Button>
        </div>
      )}
      {state === 'refused' && (
        <>
          <RefusalText error={draft.error} />
          <Button className="justify-self-start" onClick={draft.retry}>
            {t('again')}
          </Button>
        </>
      )}
    </div>
  )
}
