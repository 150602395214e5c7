'use client'
import { doingMessages } from '@opsflow/capabilities/checklists/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

export default function ChecklistsLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={doingMessages}>{children}</MoreWords>
}
