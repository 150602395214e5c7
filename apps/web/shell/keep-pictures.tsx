'use client'
import { useKeepPictures } from '@opsflow/capabilities/checklists/web'

export default function KeepPictures({ organizationId }: { organizationId: string }) {
  useKeepPictures(organizationId)
  return null
}
