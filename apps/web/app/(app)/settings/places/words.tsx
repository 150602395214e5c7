import { locationsMessages } from '@opsflow/capabilities/locations/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

/** What is said of places. */
export default function PlacesWords({ children }: { children: ReactNode }) {
  return <MoreWords of={locationsMessages}>{children}</MoreWords>
}
