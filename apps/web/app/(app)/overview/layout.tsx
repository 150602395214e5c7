'use client'
import { doingMessages, overviewMessages } from '@opsflow/capabilities/checklists/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

export default function OverviewLayout({ children }: { children: ReactNode }) {
  return (
    <MoreWords of={doingMessages}>
      <MoreWords of={overviewMessages}>{children}</MoreWords>
    </MoreWords>
  )
}
