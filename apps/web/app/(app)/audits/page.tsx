'use client'
import { AuditsScreen, auditsMessages } from '@opsflow/capabilities/audits/web'
import { useScope } from '../../../shell/session.ts'
import { MoreWords } from '../../../shell/words.tsx'

export default function AuditsPage() {
  return (
    <MoreWords of={auditsMessages}>
      <AuditsScreen locationId={useScope()?.id} />
    </MoreWords>
  )
}
