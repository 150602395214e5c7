import type { WorkWords } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'

/** What was done about photos, where it waits to be sent or was not done. */
export const evidenceWork: WorkWords = {
  Text() {
    return useTranslations('retake.work')('replace')
  },
  Reason({ result: { code, detail } }) {
    const t = useTranslations('retake.work')
    return code === 'evidence.nothing_missing' ? t('over') : detail
  },
  // The photo is on the list itself, with its own ways.
  fixOf: () => undefined,
}
