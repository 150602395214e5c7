'use client'
import { MetricCard } from '@opsflow/platform/web'
import { BellRing, ClipboardCheck, ListTodo, ShieldCheck, TriangleAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'use-intl'
import { type Counts, complianceOf } from './board-of.ts'

/** The four or five figures a day is judged by. A colour appears only where it says something. */
export function Metrics({ counts }: { counts: Counts }) {
  const t = useTranslations('app.dashboard')
  const format = useFormatter()
  const compliance = complianceOf(counts)
  const attention = counts.drifting + counts.fault + counts.silent
  return (
    <div className="grid grid-cols-2 gap-3 max-md:*:last:col-span-2 md:grid-cols-6 md:*:col-span-2 md:*:nth-[n+4]:col-span-3 xl:grid-cols-5 xl:*:col-span-1 xl:*:nth-[n+4]:col-span-1">
      <MetricCard
        label={t('alarms')}
        value={format.number(counts.alarm)}
        hint={t('alarmsHint', { units: counts.units })}
        tone={counts.alarm > 0 ? 'danger' : 'neutral'}
        icon={<BellRing aria-hidden />}
        href="/alarms"
      />
      <MetricCard
        label={t('attention')}
        value={format.number(attention)}
        hint={t('attentionHint')}
        tone={attention > 0 ? 'warn' : 'neutral'}
        icon={<TriangleAlert aria-hidden />}
        href="/temperature"
      />
      <MetricCard
        label={t('actions')}
        value={format.number(counts.openCorrectiveActions)}
        hint={t('actionsHint')}
        tone={counts.openCorrectiveActions > 0 ? 'info' : 'neutral'}
        icon={<ClipboardCheck aria-hidden />}
        href="/corrective-actions"
      />
      <MetricCard
        label={t('compliance')}
        value={
          compliance === undefined
            ? '–'
            : format.number(floored(compliance), { style: 'percent', maximumFractionDigits: 1 })
        }
        hint={t('complianceHint', { judged: counts.judgedToday })}
        tone={compliance === undefined ? 'neutral' : 'ok'}
        icon={<ShieldCheck aria-hidden />}
      />
      <MetricCard
        label={t('tasks')}
        value={format.number(counts.tasksOpen)}
        hint={t('tasksHint', { overdue: counts.tasksOverdue })}
        tone={counts.tasksOverdue > 0 ? 'warn' : 'neutral'}
        icon={<ListTodo aria-hidden />}
        href="/tasks"
      />
    </div>
  )
}

/** 99.96 % is not 100 %: one reading out of its limit must stay visible. */
const floored = (share: number) => Math.floor(share * 1000) / 1000
