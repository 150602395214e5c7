import { auditsMessages } from '@opsflow/capabilities/audits/web'
import { FindingScreen, findingsMessages } from '@opsflow/capabilities/findings/web'
import { MoreWords } from '@opsflow/platform/web'
import { Mending } from '../../../../unsent/mending.tsx'

/** One finding with its words. */
export default function Finding({ id }: { id: string }) {
  return (
    <MoreWords of={auditsMessages}>
      <MoreWords of={findingsMessages}>
        <Mending>
          <FindingScreen id={id} />
        </Mending>
      </MoreWords>
    </MoreWords>
  )
}
