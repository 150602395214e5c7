import { useViewer } from '@opsflow/platform/client/viewer'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useRecordProof, type VerifiedRecord, verifyRecord } from '../client/index.ts'
import type { LedgerEvent } from '../history.ts'
import { Failed, Outcome } from './verification.tsx'

type State = { at: 'rest' | 'checking' } | { at: 'found'; found: VerifiedRecord } | { at: 'failed'; error: unknown }

export function useRecordVerification(kind: string, id: string) {
  const [state, setState] = useState<State>({ at: 'rest' })
  const { organizationId } = useViewer()
  const fetchProof = useRecordProof(kind, id)
  return {
    state,
    /** Of rows that hold, as they stand. */
    contents: state.at === 'found' && state.found.wrong.length === 0 ? state.found.contents : undefined,
    async verify(shown: readonly LedgerEvent[]) {
      setState({ at: 'checking' })
      try {
        setState({ at: 'found', found: await verifyRecord(shown, fetchProof, organizationId) })
      } catch (error) {
        setState({ at: 'failed', error })
      }
    },
  }
}

/** What was checked, and what was not. */
export function RecordVerification({ state }: { state: State }) {
  return (
    <div aria-live="polite" className="empty:hidden">
      {state.at === 'failed' && <Failed error={state.error} />}
      {state.at === 'found' && <Found found={state.found} />}
    </div>
  )
}

function Found({ found }: { found: VerifiedRecord }) {
  const t = useTranslations('ledger.history')
  const words = useTranslations('ledger')
  const format = useFormatter()
  const { wrong, events, size, headAt, rows, mayCheckRows, forgotten, unsealed, hadKept } = found
  if (wrong.length > 0) {
    return (
      <Outcome tone="danger" title={words('wrong')}>
        <p>{t('wrongText')}</p>
        <p lang="en" className="mt-1 font-medium">
          {wrong[0]}
        </p>
      </Outcome>
    )
  }
  const at = format.dateTime(new Date(headAt), { dateStyle: 'medium', timeStyle: 'medium' })
  return (
    <Outcome tone="ok" title={t('holds')}>
      <p>{t('included', { events: events.length, size, at })}</p>
      <p>{mayCheckRows ? t('rows', { rows }) : t('rowsUnchecked')}</p>
      {forgotten > 0 && <p>{t('forgotten', { forgotten })}</p>}
      {unsealed > 0 && <p>{t('unsealed', { unsealed })}</p>}
      <p>{words(hadKept ? 'compared' : 'first')}</p>
    </Outcome>
  )
}
