'use client'
import { schedulesMessages } from '@opsflow/capabilities/checklists/web'
import type { ReactNode } from 'react'
import { MoreWords } from '../../../../shell/words.tsx'

export default function SchedulesLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={schedulesMessages}>{children}</MoreWords>
}
