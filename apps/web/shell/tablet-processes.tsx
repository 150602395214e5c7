'use client'
import type { TabletParts } from '@opsflow/capabilities/kiosks/web'
import {
  BeginScreen,
  TabletProcesses as ProcessesHere,
  ProcessScreen,
  processesMessages,
} from '@opsflow/capabilities/processes/web'
import { MoreWords } from '@opsflow/platform/web'

type At = Parameters<TabletParts['processes']>[0]

/** With their words: they come after the board, when someone is at the tablet. */
export default function TabletProcesses({ at }: { at: At }) {
  return (
    <MoreWords of={processesMessages}>
      {at.at === 'home' && <ProcessesHere locationId={at.locationId} />}
      {at.at === 'new' && <BeginScreen locationId={at.locationId} onBegun={at.onBegun} />}
      {at.at === 'one' && <ProcessScreen key={at.id} id={at.id} />}
    </MoreWords>
  )
}
