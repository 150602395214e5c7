import { useErrorText } from '@opsflow/platform/web'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'

const known = [
  'name_taken',
  'changed_meanwhile',
  'archived',
  'day_to_come',
  'incomplete',
  'nothing_changed',
  'signed_already',
  'not_in_force',
  'not_signed',
] as const

/** Why it was refused; what was typed is still there. */
export function RefusalText({ error }: { error: unknown }) {
  const t = useTranslations('haccp.refusal')
  const errorText = useErrorText()
  const { code } = error as { code?: string }
  const key = known.find((one) => code === `haccp.${one}`)
  return (
    <p
      role="alert"
      className="flex items-start gap-2.5 rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      {key ? t(key) : errorText(error as Error)}
    </p>
  )
}
