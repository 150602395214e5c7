'use client'
import { doingMessages, templatesMessages } from '@opsflow/capabilities/checklists/web'
import type { ReactNode } from 'react'
import { MoreWords } from '../../../../shell/words.tsx'

export default function ChecklistsLayout({ children }: { children: ReactNode }) {
  return (
    <MoreWords of={doingMessages}>
      <MoreWords of={templatesMessages}>{children}</MoreWords>
    </MoreWords>
  )
}
