import { auditsMessages } from '@opsflow/capabilities/audits/web'
import { doingMessages, templatesMessages } from '@opsflow/capabilities/checklists/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

/** What is said where checklists are written. */
export default function TemplatesWords({ children }: { children: ReactNode }) {
  return (
    <MoreWords of={doingMessages}>
      <MoreWords of={templatesMessages}>
        <MoreWords of={auditsMessages}>{children}</MoreWords>
      </MoreWords>
    </MoreWords>
  )
}
