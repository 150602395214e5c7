import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Missing } from '../../missing.ts'

/** What is still missing, each as a sentence. */
export function MissingList({ missing }: { missing: readonly Missing[] }) {
  const t = useTranslations('haccp')
  return (
    <section
      aria-label={t('write.missing')}
      className="flex items-start gap-3 rounded-xl border border-warn/45 bg-warn-tint px-4 py-3 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <ul className="grid gap-1">
        {missing.map((one) => (
          <li key={`${one.code} ${one.id}`}>
            {one.name && <strong className="font-semibold">{one.name}: </strong>}
            {t(`lacks.${one.code}`)}
          </li>
        ))}
      </ul>
    </section>
  )
}
