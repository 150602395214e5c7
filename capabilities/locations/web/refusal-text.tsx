'use client'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'

const known = [
  'name_taken',
  'code_taken',
  'group_name_taken',
  'group_archived',
  'into_itself',
  'too_deep',
  'edition_elsewhere',
  'position_half',
] as const

/** Why a change was refused: in words chosen by its code, or, where names are told, in the server's own. */
export function RefusalText({ error }: { error: unknown }) {
  const t = useTranslations('places.refusal')
  const { code = '', name, message } = error as { code?: string } & Error
  const key = known.find((one) => `locations.${one}` === code)
  const text = key
    ? t(key)
    : code === 'forbidden'
      ? t('forbidden')
      : name === 'Unreachable'
        ? t('unreachable')
        : message
  return (
    <p
      role="alert"
      className="flex items-start gap-2.5 rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      {text}
    </p>
  )
}
