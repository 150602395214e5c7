'use client'
import { useKeepPictures } from '@opsflow/capabilities/checklists/web'
import type { Session } from '@opsflow/capabilities/people'
import { viewerOf } from '@opsflow/capabilities/people/client'
import { useKeepCrews } from '@opsflow/capabilities/tasks/client'
import { useMemo } from 'react'

/** What checklists of the copy show, and who can be given work at its places. */
export default function KeepBesides({ session }: { session: Session }) {
  useKeepPictures(session.organization.id)
  useKeepCrews(useMemo(() => viewerOf(session), [session]))
  return null
}
