import { doingMessages } from '@opsflow/capabilities/checklists/web'
import { taskPagesMessages } from '@opsflow/capabilities/tasks/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

/** What is said of tasks and checklists to whoever sits at a tablet. */
export default function WorkWords({ children }: { children: ReactNode }) {
  return (
    <MoreWords of={taskPagesMessages}>
      <MoreWords of={doingMessages}>{children}</MoreWords>
    </MoreWords>
  )
}
