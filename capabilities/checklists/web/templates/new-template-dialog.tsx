'use client'
import { Button, ButtonLink, Dialog, Field, Input, Select } from '@opsflow/platform/web'
import { FileSpreadsheet, Library } from 'lucide-react'
import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useMakeTemplate } from '../../client/index.ts'
import type { Category } from '../../template.ts'
import { CATEGORIES } from './kinds.tsx'
import { RefusalText } from './refusal-text.tsx'

/** An empty one, by its name; or from the library, or a spreadsheet. */
export function NewTemplateDialog({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const t = useTranslations('templates')
  const make = useMakeTemplate()

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const name = String(form.get('name')).trim()
    make.mutate({ name, category: String(form.get('category')) as Category }, { onSuccess: ({ id }) => onMade(id) })
  }

  return (
    <Dialog open onClose={onClose} title={t('new')}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={t('name')}>
          <Input name="name" required maxLength={200} placeholder={t('nameExample')} />
        </Field>
        <Field label={t('category')}>
          <Select name="category" defaultValue="opening">
            {CATEGORIES.map((category) => (
              <option key={category} value={category}>
                {t(`categories.${category}`)}
              </option>
            ))}
          </Select>
        </Field>
        {make.error && <RefusalText error={make.error} />}
        <Button look="primary" type="submit" busy={make.isPending}>
          {t('makeIt')}
        </Button>
        <div className="grid gap-1 border-t border-line pt-3">
          <ButtonLink look="quiet" href="/settings/checklists/library" className="justify-start">
            <Library aria-hidden />
            {t('fromLibrary')}
          </ButtonLink>
          <ButtonLink look="quiet" href="/settings/checklists/library?from=file" className="justify-start">
            <FileSpreadsheet aria-hidden />
            {t('fromFile')}
          </ButtonLink>
        </div>
      </form>
    </Dialog>
  )
}
