import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { kioskManifestPath } from '../../device/manifest-paths.ts'

/** A tablet is installed as a tablet, not as somebody's own app. */
export const metadata: Metadata = { manifest: kioskManifestPath }

export default function KioskLayout({ children }: { children: ReactNode }) {
  return children
}
