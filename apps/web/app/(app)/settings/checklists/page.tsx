'use client'
import { TemplatesScreen } from '@opsflow/capabilities/checklists/web'
import { useGo } from '../../../../shell/links.tsx'

export default function ChecklistsPage() {
  const go = useGo()
  return <TemplatesScreen onOpen={(id) => go.to(`/settings/checklists/one?id=${id}`)} />
}
