'use client'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import type { WorkWords } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Finding } from '../finding.ts'
import { FINDING } from '../words.ts'
import { useFindingReason } from './refusal-text.tsx'

const kinds = ['fix', 'verify', 'send_back'] as const

/** What was done about findings, where it waits to be sent or was not done. */
export const findingsWork: WorkWords = {
  Text({ mutation }) {
    const t = useTranslations('findings.work')
    const { findingId } = mutation.args as { findingId?: string }
    const finding = useRow<Finding>(FINDING, findingId ?? '')
    const kind = kinds.find((one) => mutation.name === `findings.${one}`) ?? 'fix'
    return t(kind, { finding: finding?.label ?? t('gone') })
  },
  Reason({ result: { code, detail } }) {
    return useFindingReason()(code, detail)
  },
  fixOf({ uid, args }) {
    const { findingId } = args as { findingId?: string }
    return findingId ? `/findings/one?id=${findingId}&mend=${uid}` : undefined
  },
}
