'use client'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import type { WorkWords } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'
import type { ChecklistForm } from '../../form.ts'
import { CHECKLIST, FORM } from '../../sync-entities.ts'
import { useReason } from './reason.tsx'

const kinds = ['answer', 'complete', 'empty', 'sign', 'verify', 'presence'] as const

/** What was recorded about checklists, where it waits to be sent or was not done. */
export const checklistsWork: WorkWords = {
  Text({ mutation }) {
    const t = useTranslations('doing.work')
    const { checklistId, itemId } = mutation.args as { checklistId?: string; itemId?: string }
    const list = useRow<Checklist>(CHECKLIST, checklistId ?? '')
    const form = useRow<ChecklistForm>(FORM, list?.formId ?? '')
    const item = form?.content.sections.flatMap(({ items }) => items).find(({ id }) => id === itemId)
    const kind = kinds.find((one) => mutation.name === `checklists.${one}`) ?? 'started'
    return t(kind, { list: list?.name ?? t('gone'), item: item?.label ?? t('goneItem') })
  },
  Reason({ result }) {
    const reason = useReason()
    return reason({ code: result.code, message: result.detail ?? '' })
  },
  fixOf({ uid, args }) {
    const { checklistId } = args as { checklistId?: string }
    return checklistId ? `/checklists/do?id=${checklistId}&mend=${uid}` : undefined
  },
}
