import type { Looked } from '@opsflow/capabilities/findings'
import { taskAfter } from './give-answer.ts'
import type { Step } from './steps.ts'

/**
 * What an audit looked at, for its findings. A unit's own reading is left out: what is wrong with it has its corrective
 * action already.
 */
export const lookedAt = (steps: readonly Step[]): Looked[] =>
  steps.flatMap(({ item, entry, answer }) => {
    if (!answer || (answer.value?.kind === 'temperature' && answer.value.unitId !== null)) return []
    const { outcome, note, photos, taskId } = answer
    const task =
      item.onFail && item.onFail.leadsTo !== 'nothing' ? taskAfter(item, null, answer, answer.answeredAt) : null
    return [
      {
        ...{ itemId: item.id, entryId: entry?.id ?? null, answerId: answer.id },
        label: entry?.label ? `${entry.label}: ${item.label}` : item.label,
        outcome: outcome === 'pass' || outcome === 'fail' ? outcome : ('other' as const),
        ...{ as: item.scored?.as ?? null, isCritical: item.isCritical, note, photos },
        taskId: outcome === 'fail' ? taskId : null,
        work: task && { title: item.onFail?.task.title ?? '', role: item.onFail?.task.role ?? null, dueAt: task.dueAt },
      },
    ]
  })
