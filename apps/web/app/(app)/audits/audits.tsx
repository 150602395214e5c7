import { AuditsScreen, auditsMessages } from '@opsflow/capabilities/audits/web'
import { MoreWords } from '@opsflow/platform/web'
import { useScope } from '../../../shell/session.ts'

/** The list of audits with its words. */
export default function Audits() {
  return (
    <MoreWords of={auditsMessages}>
      <AuditsScreen locationId={useScope()?.id} />
    </MoreWords>
  )
}
