'use client'
import { locationsMessages } from '@opsflow/capabilities/locations/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

export default function PlacesLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={locationsMessages}>{children}</MoreWords>
}
