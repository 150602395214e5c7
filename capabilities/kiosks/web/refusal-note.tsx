'use client'
import { TriangleAlert } from 'lucide-react'
import { useRefusal } from './use-refusal.ts'

export function RefusalNote({ error }: { error: unknown }) {
  const refusal = useRefusal()
  return (
    <p
      role="alert"
      className="flex items-start gap-2.5 rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      {refusal(error)}
    </p>
  )
}
