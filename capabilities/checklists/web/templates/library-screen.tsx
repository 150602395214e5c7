'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  Card,
  Choices,
  Dialog,
  ErrorState,
  NoPermission,
  PageHeader,
  SkeletonRows,
  Tabs,
} from '@opsflow/platform/web'
import { useQuery } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useMakeTemplate } from '../../client/index.ts'
import type { Language, LibraryText, Service } from '../../library/index.ts'
import { ImportForm } from './import-form.tsx'
import { RefusalText } from './refusal-text.tsx'

const TestRun = lazy(() => import('./test-run.tsx'))
const SERVICES = ['quick_service', 'full_service', 'cafe'] as const

/** Where a checklist may come from: our library, or a spreadsheet. */
export function LibraryScreen({ from, onMade }: { from: 'library' | 'file'; onMade: (id: string) => void }) {
  const t = useTranslations('templates')
  const viewer = useViewer()
  const [tab, setTab] = useState(from)
  if (!viewer.can('checklists.manage')) return <NoPermission />
  return (
    <>
      <PageHeader
        title={t('library.title')}
        text={t('library.text')}
        back={{ href: '/settings/checklists', label: t('back') }}
      />
      <Tabs
        label={t('library.title')}
        tabs={(['library', 'file'] as const).map((id) => ({ id, label: t(`library.tabs.${id}`) }))}
        value={tab}
        onChange={setTab}
      >
        <div className="pt-5">{tab === 'library' ? <Shelf onMade={onMade} /> : <ImportForm onMade={onMade} />}</div>
      </Tabs>
    </>
  )
}

/** The library's texts weigh as much as a screen: they come when someone looks for them. */
function useLibrary(language: Language) {
  return useQuery({
    queryKey: ['checklist-library', language],
    queryFn: async (): Promise<LibraryText[]> => {
      const { library, libraryText } = await import('../../library/index.ts')
      return library.map((template) => libraryText(template, language))
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

function Shelf({ onMade }: { onMade: (id: string) => void }) {
  const t = useTranslations('templates')
  const language: Language = useLocale() === 'es' ? 'es' : 'en'
  const texts = useLibrary(language)
  const [service, setService] = useState<Service>('full_service')
  const [shown, setShown] = useState<LibraryText>()
  if (texts.isPending) return <SkeletonRows />
  if (texts.isError) return <ErrorState error={texts.error} onRetry={texts.refetch} />
  return (
    <div className="grid gap-5">
      <Choices
        label={t('library.service')}
        name="service"
        value={service}
        onChange={setService}
        options={SERVICES.map((value) => ({ value, label: t(`library.services.${value}`) }))}
        columns="grid-cols-3 max-w-xl"
      />
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {texts.data
          .filter(({ services }) => services.includes(service))
          .map((text) => (
            <li key={text.key}>
              <Card className="flex h-full flex-col p-4">
                <h2 className="text-[0.9375rem] font-semibold text-pretty">{text.name}</h2>
                <p className="mt-1 flex-1 text-sm text-ink-muted">{text.about}</p>
                <p className="dotted mt-2 flex flex-wrap text-sm text-ink-muted">
                  <span>
                    {t('items', { count: text.content.sections.reduce((sum, { items }) => sum + items.length, 0) })}
                  </span>
                  <span>{t('library.minutes', { count: text.content.estimateMinutes })}</span>
                </p>
                <div className="mt-3 flex flex-wrap gap-2">
                  <Button onClick={() => setShown(text)} aria-label={t('library.lookAt', { name: text.name })}>
                    <Eye aria-hidden />
                    {t('library.look')}
                  </Button>
                  <TakeButton text={text} language={language} onMade={onMade} />
                </div>
              </Card>
            </li>
          ))}
      </ul>
      {shown && (
        <Dialog
          open
          onClose={() => setShown(undefined)}
          place="sheet"
          title={shown.name}
          description={shown.about}
          footer={<TakeButton text={shown} language={language} onMade={onMade} />}
        >
          <Suspense fallback={<SkeletonRows />}>
            <TestRun name={shown.name} content={shown.content} />
          </Suspense>
        </Dialog>
      )}
    </div>
  )
}

function TakeButton({
  text,
  language,
  onMade,
}: {
  text: LibraryText
  language: Language
  onMade: (id: string) => void
}) {
  const t = useTranslations('templates')
  const make = useMakeTemplate()

  async function take() {
    const { fromLibrary } = await import('../../library/index.ts')
    const made = fromLibrary(text.key, language, () => crypto.randomUUID())
    if (made) make.mutate(made, { onSuccess: ({ id }) => onMade(id) })
  }

  return (
    <>
      <Button look="primary" busy={make.isPending} onClick={take} aria-label={t('library.takeIt', { name: text.name })}>
        {t('library.take')}
      </Button>
      {make.error && <RefusalText error={make.error} />}
    </>
  )
}
