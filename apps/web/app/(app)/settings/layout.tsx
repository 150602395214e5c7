'use client'
import { peopleMessages } from '@opsflow/capabilities/people/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={peopleMessages}>{children}</MoreWords>
}
