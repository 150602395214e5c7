'use client'
import { overviewMessages } from '@opsflow/capabilities/checklists/web'
import type { ReactNode } from 'react'
import { MoreWords } from '../../../shell/words.tsx'

export default function OverviewLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={overviewMessages}>{children}</MoreWords>
}
