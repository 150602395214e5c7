'use client'
import { TodayScreen } from '@opsflow/capabilities/checklists/web'
import { useRouter } from 'next/navigation'
import { useScope } from '../../../shell/session.ts'

export default function ChecklistsPage() {
  const router = useRouter()
  return <TodayScreen locationId={useScope()?.id} onOpen={(id) => router.push(`/checklists/do?id=${id}`)} />
}
