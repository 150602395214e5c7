import type { Evidence } from '@opsflow/capabilities/evidence'
import { useEvidenceHere } from '@opsflow/capabilities/evidence/client'
import { nameOf } from '@opsflow/platform/client/files/use-photos'
import { useToast } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Answer, AnswerValue } from '../../answer.ts'
import type { Checklist } from '../../checklist.ts'
import { useAnswer } from '../../client/index.ts'
import type { Step } from '../../steps.ts'
import type { Said } from './came-back.tsx'
import { useReason } from './reason.tsx'

type Photo = { id: string; sha256: string; annotates?: string | undefined }
export type More = {
  note?: string
  photos?: readonly Photo[]
  becomesTask?: boolean
  notApplicable?: boolean
}

export type Answering = {
  /** Recorded at once. Answers with what it was judged as; undefined when it was refused, which is said. */
  give: (value: AnswerValue | null, more?: More) => Promise<Answer | undefined>
  /** The same answer with a note, photos or a task: never a second reading. */
  add: (more: More) => Promise<Answer | undefined>
  /** Taken back. */
  clear: () => Promise<Answer | undefined>
  photos: readonly Photo[]
  isBusy: boolean
}

/** How one item is answered: every answer is kept the moment it is given. */
export function useAnswering(list: Checklist, { item, entry, answer: standing, open }: Step, said?: Said): Answering {
  const t = useTranslations('doing.step')
  const answer = useAnswer()
  const toast = useToast()
  const reason = useReason()
  const named = useEvidenceHere('checklist_answer', standing?.id ?? '')
  // What was refused is mended with all that went with it.
  const photos = said?.photos ?? named.map(nameOfEvidence)
  const beside = said && { note: said.note, photos }

  async function give(value: AnswerValue | null, given: More = {}) {
    const more = { ...beside, ...given }
    const id = crypto.randomUUID()
    const knew = open?.map((one) => one.id)
    const place = {
      ...(knew && { knew }),
      checklistId: list.id,
      formId: list.formId,
      itemId: item.id,
      entryId: entry?.id ?? null,
    }
    try {
      return await answer.mutateAsync({ id, ...place, value, ...more, photos: [...(more.photos ?? [])] })
    } catch (error) {
      toast({ message: reason(error), tone: 'danger' })
      return undefined
    }
  }

  async function clear() {
    const before = standing
    const cleared = await give(null)
    if (cleared && before) {
      toast({
        message: t('cleared', { item: item.label }),
        undo: () => void give(saidAgain(before), { note: before.note, photos }),
      })
    }
    return cleared
  }

  return {
    give,
    clear,
    add: (more) => (standing ? give(saidAgain(standing), { note: standing.note, photos, ...more }) : give(null, more)),
    photos,
    isBusy: answer.isPending,
  }
}

export const nameOfEvidence = ({ fileId: id, sha256, annotates }: Pick<Evidence, 'fileId' | 'sha256' | 'annotates'>) =>
  nameOf({ id, sha256, annotates: annotates ?? undefined })

/** A temperature said again is the same reading. */
export function saidAgain({ id, value }: Answer): AnswerValue | null {
  return value?.kind === 'temperature' ? { ...value, logId: value.logId ?? id } : value
}
