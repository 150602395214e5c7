'use client'
import { useErrorText } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'

const known = [
  'not_open',
  'stale_reopen',
  'done_by_its_cause',
  'assignee_unknown',
  'unit_unknown',
  'step_unknown',
  'step_settled',
  'edited_since',
  'id_taken',
  'not_over',
  'undo_too_late',
] as const

/** Why something about a task was not done, in the kitchen's words. */
export function useTaskReason() {
  const t = useTranslations('tasks.work.reasons')
  return (code: string | null | undefined, detail: string | null | undefined) => {
    const one = known.find((name) => code === `tasks.${name}`)
    return one ? t(one) : (detail ?? t('other'))
  }
}

export function RefusalText({ error }: { error: unknown }) {
  const reason = useTaskReason()
  const errorText = useErrorText()
  const { code, problem } = error as { code?: string; problem?: { code: string; detail: string } }
  return (
    <p role="alert" className="text-sm font-medium text-danger">
      {reason(problem?.code ?? code, problem?.detail ?? errorText(error as Error))}
    </p>
  )
}
