'use client'
import { PhotosOfRecord } from '@opsflow/capabilities/evidence/web'
import { Avatar, DoubtfulTime, Link, RelativeTime, UnsentMark } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Answer } from '../../answer.ts'
import { useTaskOf, useUnsentAnswers } from '../../client/index.ts'

/** Whose answer stands, since when, and what was said with it. */
export function AnsweredBy({ answer }: { answer: Answer }) {
  const t = useTranslations('doing.step')
  const isUnsent = useUnsentAnswers().has(answer.id)
  const task = useTaskOf(answer)
  const name = answer.answeredBy?.name ?? t('someone')
  return (
    <div className="grid gap-2 text-sm">
      <p className="flex flex-wrap items-center gap-2 text-ink-muted">
        <Avatar name={name} />
        <span className="font-medium text-ink">{name}</span>
        <RelativeTime at={answer.answeredAt} />
        {answer.timeQuality === 'doubtful' && <DoubtfulTime />}
        {isUnsent && <UnsentMark />}
      </p>
      {answer.note && (
        <p className="rounded-lg bg-sunken px-3 py-2 text-[0.9375rem] whitespace-pre-line">{answer.note}</p>
      )}
      <PhotosOfRecord ownerKind="checklist_answer" ownerId={answer.id} />
      {task && (
        <p className="font-medium">
          <Link href={`/tasks/one?id=${task.id}`} className="text-accent-ink underline-offset-2 hover:underline">
            {t('task', { title: task.title })}
          </Link>
        </p>
      )}
    </div>
  )
}
