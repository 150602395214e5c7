'use client'
import { Button, IconButton, Input } from '@opsflow/platform/web'
import { Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'

export type Attribute = [key: string, text: string]

/** Words of the chain's own, to target locations by: drive_thru = yes. */
export function AttributesEditor({
  attributes,
  onChange,
}: {
  attributes: readonly Attribute[]
  onChange: (attributes: readonly Attribute[]) => void
}) {
  const t = useTranslations('places')
  const set = (n: number, changed: Attribute) => onChange(attributes.map((one, m) => (m === n ? changed : one)))
  return (
    <fieldset>
      <div className="flex min-h-target items-center justify-between gap-2">
        <legend className="float-start text-[0.9375rem] font-semibold">{t('attributes')}</legend>
        <Button look="quiet" onClick={() => onChange([...attributes, ['', '']])} disabled={attributes.length >= 40}>
          <Plus aria-hidden />
          {t('addAttribute')}
        </Button>
      </div>
      {attributes.length === 0 && <p className="text-sm text-ink-muted">{t('attributesHint')}</p>}
      <div className="grid gap-2">
        {attributes.map(([key, text], n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the key is what is being typed
          <div key={n} className="flex items-center gap-2">
            <Input
              required
              aria-label={t('attributeKey')}
              placeholder="drive_thru"
              pattern="[a-z][a-z0-9_]{0,39}"
              title={t('attributeKeyRule')}
              value={key}
              onChange={(event) => set(n, [event.target.value, text])}
              className="font-mono text-sm"
            />
            <Input
              required
              aria-label={t('attributeText')}
              maxLength={200}
              value={text}
              onChange={(event) => set(n, [key, event.target.value])}
            />
            <IconButton
              label={t('removeAttribute')}
              icon={<X aria-hidden />}
              onClick={() => onChange(attributes.filter((_, m) => m !== n))}
            />
          </div>
        ))}
      </div>
    </fieldset>
  )
}
