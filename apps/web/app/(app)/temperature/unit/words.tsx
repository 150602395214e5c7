import { chartMessages } from '@opsflow/capabilities/temperature/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

/** What is said of a unit's history. */
export default function ChartWords({ children }: { children: ReactNode }) {
  return <MoreWords of={chartMessages}>{children}</MoreWords>
}
