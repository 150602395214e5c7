'use client'
import { auditsMessages } from '@opsflow/capabilities/audits/web'
import { doingMessages, templatesMessages } from '@opsflow/capabilities/checklists/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

export default function ChecklistsLayout({ children }: { children: ReactNode }) {
  return (
    <MoreWords of={doingMessages}>
      <MoreWords of={templatesMessages}>
        <MoreWords of={auditsMessages}>{children}</MoreWords>
      </MoreWords>
    </MoreWords>
  )
}
