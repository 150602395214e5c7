import { auditsMessages, ImportedScreen } from '@opsflow/capabilities/audits/web'
import { MoreWords } from '@opsflow/platform/web'

/** One audit that others did, with its words. */
export default function Imported({ id }: { id: string }) {
  return (
    <MoreWords of={auditsMessages}>
      <ImportedScreen id={id} />
    </MoreWords>
  )
}
