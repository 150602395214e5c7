'use client'
import { peopleMessages } from '@opsflow/capabilities/people/web'
import type { ReactNode } from 'react'
import { MoreWords } from '../../../shell/words.tsx'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={peopleMessages}>{children}</MoreWords>
}
