import { titleOf } from '@opsflow/capabilities/tasks/client'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import type { WorkWords } from '@opsflow/platform/web'
import { useLocale, useTranslations } from 'use-intl'
import { MATTER } from '../client/index.ts'
import type { Matter } from '../matter.ts'

const kinds = ['acknowledge', 'note', 'see', 'close', 'take_duty', 'give_duty', 'end_duty', 'undo_duty'] as const

/** What was done about a matter, where it waits to be sent or was not done. */
export const alertsWork: WorkWords = {
  Text({ mutation }) {
    const t = useTranslations('alerts.work')
    const language = useLocale()
    const { matterId } = mutation.args as { matterId?: string }
    const matter = useRow<Matter>(MATTER, matterId ?? '')
    const kind = kinds.find((one) => mutation.name === `alerts.${one}`) ?? 'note'
    return t(kind, { name: matter ? titleOf({ ...matter, title: matter.name }, language) : t('gone') })
  },
  Reason({ result: { code, detail } }) {
    const t = useTranslations('alerts.work')
    if (code === 'alerts.closed' || code === 'alerts.duty_over') return t('over')
    if (code === 'alerts.not_leading') return t('notLeading')
    if (code === 'alerts.duty_too_late') return t('tooLate')
    return detail ?? t('notDone')
  },
  // What is over stays over: there is nothing to type anew.
  fixOf: () => undefined,
}
