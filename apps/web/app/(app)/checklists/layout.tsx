'use client'
import { doingMessages } from '@opsflow/capabilities/checklists/web'
import type { ReactNode } from 'react'
import { MoreWords } from '../../../shell/words.tsx'

export default function ChecklistsLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={doingMessages}>{children}</MoreWords>
}
