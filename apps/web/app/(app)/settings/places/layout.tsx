'use client'
import { locationsMessages } from '@opsflow/capabilities/locations/web'
import type { ReactNode } from 'react'
import { MoreWords } from '../../../../shell/words.tsx'

export default function PlacesLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={locationsMessages}>{children}</MoreWords>
}
