import { FindingsScreen, findingsMessages } from '@opsflow/capabilities/findings/web'
import { MoreWords } from '@opsflow/platform/web'
import { useScope } from '../../../shell/session.ts'

/** The board of findings with its words. */
export default function Findings() {
  return (
    <MoreWords of={findingsMessages}>
      <FindingsScreen locationId={useScope()?.id} />
    </MoreWords>
  )
}
