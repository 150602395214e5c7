'use client'
import { alertsMessages, DutyHere, MattersHere } from '@opsflow/capabilities/alerts/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ComponentProps } from 'react'

/** With its words: they come after the board, when someone is at the tablet. */
export default function TabletMatters(here: ComponentProps<typeof MattersHere>) {
  return (
    <MoreWords of={alertsMessages}>
      <MattersHere {...here} />
      <DutyHere locationId={here.locationId} />
    </MoreWords>
  )
}
