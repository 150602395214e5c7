'use client'
import { useViewer, type ViewedLocation } from '@opsflow/platform/client/viewer'
import {
  Button,
  EmptyState,
  ErrorState,
  Field,
  Input,
  NoPermission,
  PageHeader,
  Panel,
  Select,
  SkeletonRows,
} from '@opsflow/platform/web'
import { FileDown, MapPin, Sheet } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { usePackCheck } from '../client/index.ts'
import type { PackLanguage } from '../pack.ts'
import { spanNames, spanOf, todayIn } from './days.ts'
import { LinksPanel } from './links-panel.tsx'
import { MailingsPanel } from './mailings-panel.tsx'
import { saveFile } from './save-file.ts'
import { WhatIsMissing, WhatItHolds } from './what-it-holds.tsx'

/** The records of a location for an inspector: looked through first, then fetched as a file or given as a link. */
export function InspectorScreen({ locationId, asked }: { locationId: string | undefined; asked: string | undefined }) {
  const t = useTranslations('reports')
  const viewer = useViewer()
  const [chosen, setChosen] = useState(locationId ?? asked)
  if (!viewer.can('reports.make', locationId)) return <NoPermission />
  const mine = viewer.locations.filter(({ id }) => viewer.can('reports.make', id))
  const location = mine.find(({ id }) => id === chosen)
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      {locationId === undefined && (
        <Field label={t('location')} className="mb-4 max-w-sm">
          <Select value={chosen ?? ''} onChange={({ target }) => setChosen(target.value || undefined)}>
            <option value="">{t('chooseLocation')}</option>
            {mine.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {location ? (
        <Pack key={location.id} location={location} />
      ) : (
        <EmptyState icon={<MapPin aria-hidden />} title={t('chooseLocation')}>
          {t('chooseLocationText')}
        </EmptyState>
      )}
    </>
  )
}

function Pack({ location }: { location: ViewedLocation }) {
  const t = useTranslations('reports')
  const viewer = useViewer()
  const today = todayIn(location.timezone)
  const [span, setSpan] = useState(() => spanOf('month', today))
  const [language, setLanguage] = useState<PackLanguage>('en')
  const isWhole = span.from !== '' && span.to !== '' && span.from <= span.to
  return (
    <div className="grid gap-4">
      <Panel title={t('days')}>
        <div className="flex flex-wrap items-end gap-3">
          <Field label={t('from')}>
            <Input
              type="date"
              required
              value={span.from}
              max={span.to}
              onChange={({ target }) => setSpan({ ...span, from: target.value })}
            />
          </Field>
          <Field label={t('to')}>
            <Input
              type="date"
              required
              value={span.to}
              min={span.from}
              max={today}
              onChange={({ target }) => setSpan({ ...span, to: target.value })}
            />
          </Field>
          <div className="flex flex-wrap gap-2">
            {spanNames.map((name) => {
              const usual = spanOf(name, today)
              return (
                <Button
                  key={name}
                  aria-pressed={span.from === usual.from && span.to === usual.to}
                  onClick={() => setSpan(usual)}
                  className="aria-pressed:border-accent aria-pressed:bg-accent-tint"
                >
                  {t(`spans.${name}`)}
                </Button>
              )
            })}
          </div>
          <Field label={t('language')} className="w-36">
            <Select value={language} onChange={({ target }) => setLanguage(target.value as PackLanguage)}>
              <option value="en">English</option>
              <option value="es">Español</option>
            </Select>
          </Field>
        </div>
      </Panel>
      {isWhole ? (
        <Looked location={location} span={span} language={language} />
      ) : (
        <p role="alert" className="text-sm font-medium text-danger">
          {t('daysWrong')}
        </p>
      )}
      {viewer.can('reports.share', location.id) && (
        <>
          <LinksPanel locationId={location.id} span={isWhole ? span : undefined} language={language} />
          <MailingsPanel locationId={location.id} language={language} />
        </>
      )}
    </div>
  )
}

type Span = { from: string; to: string }

/** Before anything leaves: what it holds, and what is missing. */
function Looked({ location, span, language }: { location: ViewedLocation; span: Span; language: PackLanguage }) {
  const t = useTranslations('reports')
  const check = usePackCheck({ locationId: location.id, ...span })
  if (check.isPending) return <SkeletonRows />
  if (check.isError) return <ErrorState error={check.error} onRetry={check.refetch} />
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Panel title={t('missing')}>
        <WhatIsMissing gaps={check.data.gaps} />
        {check.data.gaps.length > 0 && <p className="mt-4 text-sm text-ink-muted">{t('missingText')}</p>}
      </Panel>
      <Panel title={t('holds')}>
        <WhatItHolds counts={check.data.counts} />
        <div className="mt-5">
          <FetchPack location={location} span={span} language={language} />
        </div>
      </Panel>
    </div>
  )
}

type Ending = 'pdf' | 'xlsx'

function FetchPack({ location, span, language }: { location: ViewedLocation; span: Span; language: PackLanguage }) {
  const t = useTranslations('reports')
  const { organizationId } = useViewer()
  const [state, setState] = useState<'idle' | Ending | 'failed'>('idle')
  async function get(ending: Ending) {
    setState(ending)
    const asked = new URLSearchParams({ organizationId, locationId: location.id, ...span, language })
    const name = `${location.name} ${span.from} – ${span.to}.${ending}`
    await saveFile(`/api/v1/inspector-packs/pack.${ending}?${asked}`, name).then(
      () => setState('idle'),
      () => setState('failed'),
    )
  }
  return (
    <>
      <div className="flex flex-wrap gap-3">
        <Button look="primary" busy={state === 'pdf'} onClick={() => get('pdf')}>
          <FileDown aria-hidden />
          {t('fetch')}
        </Button>
        <Button busy={state === 'xlsx'} onClick={() => get('xlsx')}>
          <Sheet aria-hidden />
          {t('fetchSheet')}
        </Button>
      </div>
      <p role="status" className="mt-2 text-sm text-ink-muted empty:hidden">
        {(state === 'pdf' || state === 'xlsx') && t('drawing')}
      </p>
      {state === 'failed' && (
        <p role="alert" className="mt-2 text-sm font-medium text-danger">
          {t('fetchFailed')}
        </p>
      )}
    </>
  )
}
