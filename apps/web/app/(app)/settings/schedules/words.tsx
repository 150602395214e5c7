import { schedulesMessages } from '@opsflow/capabilities/checklists/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

/** What is said of when checklists are due. */
export default function SchedulesWords({ children }: { children: ReactNode }) {
  return <MoreWords of={schedulesMessages}>{children}</MoreWords>
}
