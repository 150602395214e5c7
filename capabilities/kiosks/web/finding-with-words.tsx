'use client'
import { auditsMessages } from '@opsflow/capabilities/audits/web'
import { FindingScreen, findingsMessages } from '@opsflow/capabilities/findings/web'
import { MoreWords } from '@opsflow/platform/web'

export default function FindingWithWords({ id }: { id: string }) {
  return (
    <MoreWords of={auditsMessages}>
      <MoreWords of={findingsMessages}>
        <FindingScreen id={id} withoutBack />
      </MoreWords>
    </MoreWords>
  )
}
