'use client'
import { TemperatureBoard } from '@opsflow/capabilities/temperature/web'
import { useScope } from '../../../shell/session.ts'

export default function TemperaturePage() {
  return <TemperatureBoard locationId={useScope()?.id} />
}
