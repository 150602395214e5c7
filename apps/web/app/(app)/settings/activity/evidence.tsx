import { LedgerPanel, ledgerMessages } from '@opsflow/capabilities/ledger/web'
import { MoreWords } from '@opsflow/platform/web'

/** The evidence log with its words. */
export default function Evidence() {
  return (
    <MoreWords of={ledgerMessages}>
      <LedgerPanel />
    </MoreWords>
  )
}
