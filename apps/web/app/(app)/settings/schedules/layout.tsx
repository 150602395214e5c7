'use client'
import { schedulesMessages } from '@opsflow/capabilities/checklists/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

export default function SchedulesLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={schedulesMessages}>{children}</MoreWords>
}
