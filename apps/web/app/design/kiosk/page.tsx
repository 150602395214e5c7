import type { Metadata } from 'next'
import { KioskGallery } from '../../../gallery/kiosk-gallery.tsx'

export const metadata: Metadata = { title: 'Design system: shared tablet' }

export default function DesignKioskPage() {
  return <KioskGallery />
}
