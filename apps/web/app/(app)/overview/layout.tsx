'use client'
import { doingMessages, overviewMessages } from '@opsflow/capabilities/checklists/web'
import type { ReactNode } from 'react'
import { MoreWords } from '../../../shell/words.tsx'

export default function OverviewLayout({ children }: { children: ReactNode }) {
  return (
    <MoreWords of={doingMessages}>
      <MoreWords of={overviewMessages}>{children}</MoreWords>
    </MoreWords>
  )
}
