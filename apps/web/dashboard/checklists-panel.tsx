'use client'
import { DaysHere, DueNow, doingMessages, overviewMessages } from '@opsflow/capabilities/checklists/web'
import { MoreWords } from '@opsflow/platform/web'
import { useRouter } from 'next/navigation'
import { useScope } from '../shell/session.ts'

const MOST = 6

/** Whoever works sees what is theirs to do; whoever runs places, how far each has come. */
export default function ChecklistsToday({ own = false }: { own?: boolean }) {
  const router = useRouter()
  const place = useScope()?.id
  if (own) {
    return (
      <MoreWords of={doingMessages}>
        <DueNow locationId={place} most={MOST} onOpen={(id) => router.push(`/checklists/do?id=${id}`)} />
      </MoreWords>
    )
  }
  return (
    <MoreWords of={overviewMessages}>
      <DaysHere locationId={place} most={MOST} />
    </MoreWords>
  )
}
