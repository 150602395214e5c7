'use client'
import { ImportScreen, temperaturePagesMessages } from '@opsflow/capabilities/temperature/web'
import { MoreWords } from '@opsflow/platform/web'
import { useScope } from '../../../shell/session.ts'

export default function ImportPage() {
  return (
    <MoreWords of={temperaturePagesMessages}>
      <ImportScreen locationId={useScope()?.id} />
    </MoreWords>
  )
}
