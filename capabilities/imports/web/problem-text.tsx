'use client'
import { useTranslations } from 'use-intl'
import { Notice } from './notice.tsx'

/** Why something was refused, in the reader's words where there are any. */
export function ProblemText({ error }: { error: Error }) {
  const t = useTranslations('imports.problems')
  const { code = '', name, message } = error as Error & { code?: string }
  const own = name === 'Unreachable' ? 'unreachable' : code.replace('imports.', '')
  return <Notice tone="danger">{t.has(own) ? t(own) : message}</Notice>
}
