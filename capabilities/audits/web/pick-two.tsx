'use client'
import { Button, buttonClass, Link } from '@opsflow/platform/web'
import { Columns2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Audit } from '../audit.ts'

/** Null: nobody wants to compare. Otherwise the audits that were picked, two at most, of one template. */
export type Picked = readonly Audit[] | null
export type Picking = { picked: Picked; onPicked: (picked: Picked) => void }

export const compareHref = (one: Pick<Audit, 'checklistId'>, other: Pick<Audit, 'checklistId'>) =>
  `/audits/compare?one=${one.checklistId}&other=${other.checklistId}`

/** Two of the list are laid side by side. */
export function PickTwo({ picked, onPicked }: Picking) {
  const t = useTranslations('audits.pick')
  if (picked === null) {
    return (
      <div>
        <Button onClick={() => onPicked([])}>
          <Columns2 aria-hidden />
          {t('start')}
        </Button>
      </div>
    )
  }
  const [one, other] = picked
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p aria-live="polite" className="text-sm text-ink-muted">
        {t(one ? (other ? 'two' : 'second') : 'first')}
      </p>
      {one && other && (
        <Link href={compareHref(one, other)} className={buttonClass('primary')}>
          {t('go')}
        </Link>
      )}
      <Button look="quiet" onClick={() => onPicked(null)}>
        {t('stop')}
      </Button>
    </div>
  )
}

/** Only another audit of the same template can stand beside the first one. */
export function PickBox({ audit, day, picked, onPicked }: { audit: Audit; day: string } & Picking) {
  const t = useTranslations('audits.pick')
  if (picked === null) return null
  const isPicked = picked.some(({ id }) => id === audit.id)
  const mayBe = isPicked || picked.length === 0 || (picked.length === 1 && picked[0]?.templateId === audit.templateId)
  return (
    <label className="flex size-target items-center justify-center">
      <input
        type="checkbox"
        className="size-5 accent-accent"
        checked={isPicked}
        disabled={!mayBe}
        aria-label={t('pick', { name: audit.name, day })}
        onChange={() => onPicked(isPicked ? picked.filter(({ id }) => id !== audit.id) : [...picked, audit])}
      />
    </label>
  )
}
