'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Eye } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'
import { useOddities } from '../../client/index.ts'
import type { ChecklistForm } from '../../form.ts'
import type { Oddity } from '../../looks-odd.ts'

/** For those who verify: what was remarkably fast, alike or late. It accuses nobody. */
export function LookAtThis({ list, form }: { list: Checklist; form: ChecklistForm }) {
  const t = useTranslations('doing.record')
  const viewer = useViewer()
  const { data = [] } = useOddities(
    list.id,
    viewer.can('checklists.verify', list.locationId) && list.status === 'completed',
  )
  if (data.length === 0) return null
  return (
    <section className="flex gap-3 rounded-xl border border-info/40 bg-info-tint px-4 py-3 print:hidden">
      <Eye aria-hidden className="mt-0.5 size-5 shrink-0 text-info" />
      <div>
        <h2 className="font-semibold">{t('odd')}</h2>
        <ul className="mt-1 list-disc ps-5 text-[0.9375rem]">
          {data.map((one) => (
            <li key={`${one.kind} ${one.itemId} ${one.entryId}`}>
              <OddText odd={one} form={form} />
            </li>
          ))}
        </ul>
        <p className="mt-1 text-sm text-ink-muted">{t('oddText')}</p>
      </div>
    </section>
  )
}

export function OddText({ odd, form }: { odd: Oddity; form: Pick<ChecklistForm, 'content'> | undefined }) {
  const t = useTranslations('doing.record')
  if (odd.kind === 'quick') return t('quick', { count: odd.count, seconds: odd.detail })
  if (odd.kind === 'late') return t('lateOdd', { minutes: Math.max(1, odd.count) })
  const item =
    form?.content.sections.flatMap(({ items }) => items).find(({ id }) => id === odd.itemId)?.label ?? t('aTemperature')
  return t('alike', { item, value: odd.detail, count: odd.count })
}
