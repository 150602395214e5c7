import { useTranslations } from 'use-intl'
import { Line, Pick } from './fields.tsx'
import { changed, mint, Parts, without } from './parts.tsx'
import type { Written } from './written.ts'

/** What is done now and then that shows that the plan works. */
export function Verifications({ plan: { draft, change } }: Written) {
  const t = useTranslations('haccp.fields')
  const { verifications } = draft
  return (
    <>
      <Parts
        all={verifications}
        nameOf={({ what }, n) => what || t('verificationN', { n: n + 1 })}
        add={t('addVerification')}
        onAdd={() => change({ verifications: [...verifications, { id: mint(), what: '', every: '', who: '' }] })}
        onRemove={({ id }) => change({ verifications: without(verifications, id) })}
      >
        {(one) => {
          const set = (part: Partial<typeof one>) => change({ verifications: changed(verifications, one.id, part) })
          return (
            <>
              <Line label={t('what')} most={500} value={one.what} onChange={(what) => set({ what })} />
              <Line label={t('every')} most={200} value={one.every} onChange={(every) => set({ every })} />
              <Line label={t('who')} most={300} value={one.who} onChange={(who) => set({ who })} />
            </>
          )
        }}
      </Parts>
      <div className="max-w-xs">
        <Pick
          label={t('review')}
          hint={t('reviewHint')}
          value={String(draft.reviewMonths)}
          options={Array.from({ length: 12 }, (_, n) => ({
            value: String(n + 1),
            label: t('months', { count: n + 1 }),
          }))}
          onChange={(months) => change({ reviewMonths: Number(months) })}
        />
      </div>
    </>
  )
}

export function Records({ plan: { draft, change } }: Written) {
  const t = useTranslations('haccp.fields')
  const { records } = draft
  return (
    <Parts
      all={records}
      nameOf={({ what }, n) => what || t('recordN', { n: n + 1 })}
      add={t('addRecord')}
      onAdd={() => change({ records: [...records, { id: mint(), what: '', where: 'OpsFlow', months: 24 }] })}
      onRemove={({ id }) => change({ records: without(records, id) })}
    >
      {(one) => {
        const set = (part: Partial<typeof one>) => change({ records: changed(records, one.id, part) })
        return (
          <>
            <Line label={t('what')} most={500} value={one.what} onChange={(what) => set({ what })} />
            <Line label={t('where')} most={300} value={one.where} onChange={(where) => set({ where })} />
            <Pick
              label={t('kept')}
              value={String(one.months)}
              options={[...new Set([3, 6, 12, 24, 36, 60, 120, one.months])]
                .sort((a, b) => a - b)
                .map((count) => ({ value: String(count), label: t('months', { count }) }))}
              onChange={(months) => set({ months: Number(months) })}
            />
          </>
        )
      }}
    </Parts>
  )
}
