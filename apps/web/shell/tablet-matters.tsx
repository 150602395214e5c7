'use client'
import { alertsMessages, DutyHere, MattersHere } from '@opsflow/capabilities/alerts/web'
import type { MattersOnTablet } from '@opsflow/capabilities/kiosks/web'
import { MoreWords } from '@opsflow/platform/web'

/** With its words: they come after the board, when someone is at the tablet. */
export default function TabletMatters(here: MattersOnTablet) {
  return (
    <MoreWords of={alertsMessages}>
      <MattersHere {...here} />
      <DutyHere locationId={here.locationId} />
    </MoreWords>
  )
}
