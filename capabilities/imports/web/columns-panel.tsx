'use client'
import { Button, Field, Panel, Select } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { InspectionField, InspectionMapping } from '../inspection-columns.ts'

const FIELDS: readonly InspectionField[] = [
  ...(['date', 'name', 'placeId', 'inspectionId', 'type', 'result', 'score', 'grade'] as const),
  ...(['violations', 'violationCode', 'violationText', 'critical'] as const),
]
const FORMATS: readonly InspectionMapping['dateFormat'][] = ['iso', 'month_first', 'day_first']

/** What the columns mean, as guessed or as somebody says. Saying it reads the whole file anew. */
export function ColumnsPanel({
  columns,
  mapping: given,
  isOpen,
  isBusy,
  onMapping,
}: {
  columns: readonly string[]
  mapping: InspectionMapping
  isOpen: boolean
  isBusy: boolean
  onMapping: (mapping: InspectionMapping) => void
}) {
  const t = useTranslations('imports')
  const [mapping, setMapping] = useState(given)
  const [isShown, setShown] = useState(isOpen)
  const isChanged = JSON.stringify(mapping) !== JSON.stringify(given)
  if (!isShown) {
    return (
      <Button className="justify-self-start" onClick={() => setShown(true)}>
        {t('otherColumns')}
      </Button>
    )
  }
  return (
    <Panel
      title={t('columns')}
      hint={t('columnsHint')}
      actions={
        <Button look="primary" disabled={!isChanged} busy={isBusy} onClick={() => onMapping(mapping)}>
          {t('readAnew')}
        </Button>
      }
    >
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {FIELDS.map((field) => (
          <Field key={field} label={t(`fields.${field}`)}>
            <Select
              value={mapping.columns[field] ?? ''}
              onChange={({ target }) => {
                const at = target.value === '' ? null : Number(target.value)
                setMapping({ ...mapping, columns: { ...mapping.columns, [field]: at } })
              }}
            >
              <option value="">{t('noColumn')}</option>
              {columns.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may repeat
                <option key={at} value={at}>
                  {name || t('column', { number: at + 1 })}
                </option>
              ))}
            </Select>
          </Field>
        ))}
        <Field label={t('dateFormat')}>
          <Select
            value={mapping.dateFormat}
            onChange={({ target }) =>
              setMapping({ ...mapping, dateFormat: target.value as InspectionMapping['dateFormat'] })
            }
          >
            {FORMATS.map((format) => (
              <option key={format} value={format}>
                {t(`dateFormats.${format}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </Panel>
  )
}
