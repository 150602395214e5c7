'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  brandExamples,
  brandMoved,
  Field,
  Input,
  NoPermission,
  PageHeader,
  Panel,
  readBrand,
  SkeletonRows,
  useToast,
} from '@opsflow/platform/web'
import { type FormEvent, lazy, Suspense, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChangeOrganization } from '../client/index.ts'
import { BrandPreview } from './brand-preview.tsx'
import { RefusalText } from './refusal-text.tsx'

/** Its code comes after the page answers. */
const LogoPanel = lazy(() => import('./logo-panel.tsx'))

/** From here on the accent is visibly not what was typed. */
const noticeable = 0.04

/** The organization's colour: whatever it is, everything stays readable; here one sees what becomes of it. */
export function BrandScreen({ brand }: { brand: string | null }) {
  const t = useTranslations('people.brand')
  const viewer = useViewer()
  const toast = useToast()
  const save = useChangeOrganization(viewer.organizationId)
  const [typed, setTyped] = useState(brand ?? '')
  const examples = useMemo(brandExamples, [])
  const hex = readBrand(typed)
  if (!viewer.can('organization.manage')) return <NoPermission />

  const keep = (next: string | null) =>
    save.mutate({ brand: next }, { onSuccess: () => toast({ message: t(next ? 'saved' : 'removed') }) })

  function submit(event: FormEvent) {
    event.preventDefault()
    if (hex) keep(hex)
  }

  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[22rem_1fr]">
        <Panel title={t('colour')}>
          <form onSubmit={submit} className="grid gap-5">
            <Field label={t('code')} hint={t('codeHint')} error={typed.trim() !== '' && !hex && t('codeError')}>
              <Input
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                spellCheck={false}
                autoComplete="off"
                dir="ltr"
                maxLength={20}
              />
            </Field>
            <Field label={t('pick')}>
              <Input
                type="color"
                value={hex ?? examples[0]}
                onChange={(event) => setTyped(event.target.value)}
                className="h-target p-1.5"
              />
            </Field>
            <fieldset>
              <legend className="mb-2 text-sm font-medium">{t('examples')}</legend>
              <div className="grid grid-cols-4 gap-2">
                {examples.map((example) => (
                  <button
                    key={example}
                    type="button"
                    aria-label={t('example', { code: example })}
                    aria-pressed={hex === example}
                    onClick={() => setTyped(example)}
                    className="h-target rounded-lg border border-line-strong ring-accent aria-pressed:ring-2 aria-pressed:ring-offset-2"
                    style={{ backgroundColor: example }}
                  />
                ))}
              </div>
            </fieldset>
            {hex && brandMoved(hex, 'light') > noticeable && <p className="text-sm text-ink-muted">{t('moved')}</p>}
            {save.error && <RefusalText error={save.error} />}
            <div className="flex flex-wrap gap-2">
              <Button look="primary" type="submit" busy={save.isPending} disabled={!hex || hex === brand}>
                {t('save')}
              </Button>
              {brand && (
                <Button
                  busy={save.isPending}
                  onClick={() => {
                    setTyped('')
                    keep(null)
                  }}
                >
                  {t('remove')}
                </Button>
              )}
            </div>
          </form>
        </Panel>
        <Panel title={t('preview')}>
          <BrandPreview hex={hex} />
        </Panel>
      </div>
      <div className="mt-4">
        <Suspense fallback={<SkeletonRows rows={2} />}>
          <LogoPanel />
        </Suspense>
      </div>
    </>
  )
}
