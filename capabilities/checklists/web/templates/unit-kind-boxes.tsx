'use client'
import { Checkbox } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { UNIT_KINDS } from './kinds.tsx'

type UnitKind = (typeof UNIT_KINDS)[number]

/** Kinds of equipment, in the kitchen's words. */
export function UnitKindBoxes({
  label,
  value,
  onChange,
}: {
  label: string
  value: readonly UnitKind[]
  onChange: (kinds: UnitKind[]) => void
}) {
  const t = useTranslations('templates.unitKinds')
  return (
    <fieldset>
      <legend className="text-sm font-medium">{label}</legend>
      <div className="grid sm:grid-cols-2">
        {UNIT_KINDS.map((kind) => (
          <Checkbox
            key={kind}
            label={t(kind)}
            checked={value.includes(kind)}
            onChange={(event) =>
              onChange(event.target.checked ? [...value, kind] : value.filter((one) => one !== kind))
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
