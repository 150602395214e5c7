'use client'
import { AuditsScreen, auditsMessages } from '@opsflow/capabilities/audits/web'
import { MoreWords } from '@opsflow/platform/web'
import { useScope } from '../../../shell/session.ts'

export default function AuditsPage() {
  return (
    <MoreWords of={auditsMessages}>
      <AuditsScreen locationId={useScope()?.id} />
    </MoreWords>
  )
}
