import { ledgerMessages, RecordHistory } from '@opsflow/capabilities/ledger/web'
import { MoreWords } from '@opsflow/platform/web'

/** A record's history with its words. */
export default function RecordHistoryHere(record: { kind: string; id: string }) {
  return (
    <MoreWords of={ledgerMessages}>
      <RecordHistory {...record} />
    </MoreWords>
  )
}
