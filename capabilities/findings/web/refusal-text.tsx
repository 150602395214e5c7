'use client'
import { useErrorText } from '@opsflow/platform/web'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'

const known = ['over', 'not_fixed', 'changed_since', 'verifier_must_differ'] as const

/** Words chosen by a refusal's code; its own sentence where we have none. */
export function useFindingReason() {
  const t = useTranslations('findings.refusal')
  return (code: string | null | undefined, sentence: string | null | undefined) => {
    const key = code === 'evidence.missing' ? 'evidence_missing' : known.find((one) => code === `findings.${one}`)
    return key ? t(key) : (sentence ?? '')
  }
}

/** Why it was refused; what was typed is still there. */
export function RefusalText({ error }: { error: unknown }) {
  const errorText = useErrorText()
  const reason = useFindingReason()
  const { code } = error as { code?: string }
  return (
    <p
      role="alert"
      className="flex items-start gap-2.5 rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      {reason(code, errorText(error as Error))}
    </p>
  )
}
