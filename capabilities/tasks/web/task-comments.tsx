'use client'
import { usePhotoField } from '@opsflow/platform/client/files/use-photos'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Avatar, Button, Field, Panel, PhotoField, RelativeTime, TextArea, UnsentMark } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCommentOnTask, useTaskComments, useTaskHistory } from '../client/index.ts'
import { TASK_COMMENT } from '../sync-entities.ts'
import type { Task } from '../task.ts'
import { RefusalText } from './refusal-text.tsx'

/** What was said, the earliest first, and a line to say more. Older words than this device holds are asked for. */
export function TaskComments({ task }: { task: Task }) {
  const t = useTranslations('taskPages')
  const viewer = useViewer()
  const here = useTaskComments(task.id)
  const older = useTaskHistory(task.id, here.length < task.commentCount)
  const known = new Set(here.map(({ id }) => id))
  const comments = [...(older.data?.comments ?? []).filter(({ id }) => !known.has(id)), ...here]
  const unsent = useUnsentIds(TASK_COMMENT)
  return (
    <Panel title={t('comments')} hint={comments.length > 0 ? String(comments.length) : undefined}>
      {comments.length > 0 && (
        <ol className="mb-4 grid gap-4">
          {comments.map(({ id, by, at, text }) => (
            <li key={id} className="flex gap-3">
              <Avatar name={by?.name ?? t('someone')} />
              <div className="min-w-0 flex-1">
                <p className="dotted flex flex-wrap text-sm text-ink-muted">
                  <span className="font-medium text-ink">{by?.name ?? t('someone')}</span>
                  <RelativeTime at={at} />
                  {unsent.has(id) && <UnsentMark />}
                </p>
                <p className="mt-0.5 text-[0.9375rem] leading-relaxed break-words whitespace-pre-wrap">{text}</p>
              </div>
            </li>
          ))}
        </ol>
      )}
      {viewer.can('tasks.update', task.locationId) && <Say task={task} />}
    </Panel>
  )
}

function Say({ task }: { task: Task }) {
  const t = useTranslations('taskPages')
  const viewer = useViewer()
  const comment = useCommentOnTask()
  const [text, setText] = useState('')
  const photos = usePhotoField(`task ${task.id} ${viewer.memberId}`, task.locationId)
  const isEmpty = text.trim() === '' && photos.photos.length === 0
  async function send() {
    const named = await photos.release()
    if (!named) return
    comment.mutate(
      { id: crypto.randomUUID(), taskId: task.id, text: text.trim(), ...named },
      { onSuccess: () => setText('') },
    )
  }
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isEmpty) void send()
      }}
    >
      <Field label={t('say')}>
        <TextArea rows={2} value={text} maxLength={4000} onChange={({ target }) => setText(target.value)} />
      </Field>
      {viewer.can('evidence.add', task.locationId) && (
        <PhotoField field={photos} organizationId={viewer.organizationId} gallery={!viewer.isShared} />
      )}
      {comment.error && <RefusalText error={comment.error} />}
      <Button type="submit" className="justify-self-start" disabled={isEmpty} busy={comment.isPending}>
        {t('send')}
      </Button>
    </form>
  )
}
