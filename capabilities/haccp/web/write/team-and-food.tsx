import { Checkbox } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { CONSUMERS } from '../../words.ts'
import { Line, Lines, Pick } from './fields.tsx'
import { changed, mint, Parts, without } from './parts.tsx'
import type { Written } from './written.ts'

export function Team({ plan: { draft, change } }: Written) {
  const t = useTranslations('haccp.fields')
  const { team } = draft
  return (
    <>
      <Lines
        label={t('scope')}
        hint={t('scopeHint')}
        most={2000}
        value={draft.scope}
        onChange={(scope) => change({ scope })}
      />
      <Parts
        all={team}
        nameOf={({ name }, n) => name || t('personN', { n: n + 1 })}
        add={t('addPerson')}
        onAdd={() =>
          change({ team: [...team, { id: mint(), name: '', duty: '', knowledge: '', leads: team.length === 0 }] })
        }
        onRemove={({ id }) => change({ team: without(team, id) })}
      >
        {(one) => {
          const set = (part: Partial<typeof one>) => change({ team: changed(team, one.id, part) })
          return (
            <>
              <Line label={t('name')} value={one.name} onChange={(name) => set({ name })} />
              <Line label={t('duty')} most={200} value={one.duty} onChange={(duty) => set({ duty })} />
              <Lines
                label={t('knowledge')}
                most={500}
                value={one.knowledge}
                onChange={(knowledge) => set({ knowledge })}
              />
              <Checkbox
                label={t('leads')}
                checked={one.leads}
                onChange={({ target }) => set({ leads: target.checked })}
              />
            </>
          )
        }}
      </Parts>
    </>
  )
}

export function Products({ plan: { draft, change } }: Written) {
  const t = useTranslations('haccp.fields')
  const { products } = draft
  const fresh = {
    name: '',
    description: '',
    allergens: '',
    storage: '',
    shelfLife: '',
    use: '',
    consumers: 'general',
  } as const
  return (
    <Parts
      all={products}
      nameOf={({ name }, n) => name || t('productN', { n: n + 1 })}
      add={t('addProduct')}
      onAdd={() => change({ products: [...products, { id: mint(), ...fresh }] })}
      onRemove={({ id }) => change({ products: without(products, id) })}
    >
      {(one) => {
        const set = (part: Partial<typeof one>) => change({ products: changed(products, one.id, part) })
        return (
          <>
            <Line label={t('name')} value={one.name} onChange={(name) => set({ name })} />
            <Line
              label={t('shelfLife')}
              most={200}
              value={one.shelfLife}
              onChange={(shelfLife) => set({ shelfLife })}
            />
            <Lines
              label={t('description')}
              hint={t('descriptionHint')}
              most={2000}
              value={one.description}
              onChange={(description) => set({ description })}
            />
            <Lines
              label={t('allergens')}
              most={500}
              value={one.allergens}
              onChange={(allergens) => set({ allergens })}
            />
            <Lines label={t('storage')} most={500} value={one.storage} onChange={(storage) => set({ storage })} />
          </>
        )
      }}
    </Parts>
  )
}

/** Of each product: how it is eaten, and by whom. */
export function Use({ plan: { draft, change } }: Written) {
  const t = useTranslations('haccp.fields')
  const { products } = draft
  return (
    <div className="grid gap-4">
      {products.map((one) => {
        const set = (part: Partial<typeof one>) => change({ products: changed(products, one.id, part) })
        return (
          <section key={one.id} className="grid gap-4 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5">
            <h3 className="font-semibold">{one.name}</h3>
            <Lines label={t('use')} value={one.use} onChange={(use) => set({ use })} />
            <Pick
              label={t('consumers')}
              hint={t('consumersHint')}
              value={one.consumers}
              options={CONSUMERS.map((value) => ({ value, label: t(`consumerKinds.${value}`) }))}
              onChange={(consumers) => set({ consumers })}
            />
          </section>
        )
      })}
    </div>
  )
}
