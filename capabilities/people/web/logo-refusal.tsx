import { useErrorText } from '@opsflow/platform/web'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'

const known = [
  'type_refused',
  'type_unknown',
  'image_broken',
  'image_too_many_pixels',
  'too_large',
  'quota_full',
] as const

/** Why a picture was not taken, and what would be. */
export function LogoRefusal({ error }: { error: unknown }) {
  const t = useTranslations('people.logo.refusal')
  const errorText = useErrorText()
  const { code } = error as { code?: string }
  const key = known.find((one) => code === `files.${one}`)
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
