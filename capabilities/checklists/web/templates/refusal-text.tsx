'use client'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'

const known = [
  'template_name_taken',
  'template_changed_meanwhile',
  'template_not_yours',
  'template_archived',
  'template_in_use',
  'template_incomplete',
  'template_not_changed',
  'local_changed_meanwhile',
  'not_open_to_change',
  'template_not_published',
] as const

/** Why it was refused, in words chosen by its code. */
export function RefusalText({ error }: { error: unknown }) {
  const t = useTranslations('templates.refusal')
  const { code = '', name, message } = error as { code?: string } & Error
  const key = known.find((one) => `checklists.${one}` === code)
  return (
    <p
      role="alert"
      className="flex items-start gap-2.5 rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      {key ? t(key) : name === 'Unreachable' ? t('unreachable') : message}
    </p>
  )
}
