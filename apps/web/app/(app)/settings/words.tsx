import { peopleMessages } from '@opsflow/capabilities/people/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

/** What all settings say of people, rights and devices. */
export default function SettingsWords({ children }: { children: ReactNode }) {
  return <MoreWords of={peopleMessages}>{children}</MoreWords>
}
