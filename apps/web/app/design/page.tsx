import type { Metadata } from 'next'
import { Gallery } from '../../gallery/gallery.tsx'

export const metadata: Metadata = { title: 'Design system' }

export default function DesignPage() {
  return <Gallery />
}
