'use client'
import { CorrectiveActionScreen } from '@opsflow/capabilities/temperature/web'
import { WithId } from '../../../../shell/with-id.tsx'

export default function CorrectiveActionPage() {
  return <WithId>{(id) => <CorrectiveActionScreen key={id} actionId={id} />}</WithId>
}
