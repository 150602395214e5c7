'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ButtonLink,
  Card,
  ErrorState,
  Field,
  Input,
  NoPermission,
  PageHeader,
  Panel,
  Select,
  SkeletonRows,
} from '@opsflow/platform/web'
import { FileUp } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useBoard, useUploadImport } from '../client/index.ts'
import type { ImportPreview } from '../routes.ts'
import { ImportMapping } from './import-mapping.tsx'
import { ImportProgress } from './import-progress.tsx'
import { RefusalText } from './refusal-text.tsx'

/** Readings from a file: choose, check what it means, record. Doing it twice records nothing twice. */
export function ImportScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('temperature.import')
  const viewer = useViewer()
  const [preview, setPreview] = useState<ImportPreview>()
  const [running, setRunning] = useState<string>()
  if (!viewer.can('temperature.import', locationId)) return <NoPermission />

  function again() {
    setPreview(undefined)
    setRunning(undefined)
  }

  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={preview && <Button onClick={again}>{t('again')}</Button>}
      />
      {running ? (
        <ImportProgress importId={running} onTryAgain={() => setRunning(undefined)} />
      ) : preview ? (
        <ImportMapping preview={preview} onRunning={setRunning} />
      ) : (
        <Upload locationId={locationId} onPreview={setPreview} />
      )}
    </>
  )
}

function Upload({
  locationId,
  onPreview,
}: {
  locationId: string | undefined
  onPreview: (preview: ImportPreview) => void
}) {
  const t = useTranslations('temperature.import')
  const viewer = useViewer()
  const { snapshot, error, refresh } = useBoard()
  const upload = useUploadImport()
  if (!snapshot) return error ? <ErrorState error={error} onRetry={refresh} /> : <SkeletonRows />
  const units = snapshot.units
    .filter((unit) => !locationId || unit.locationId === locationId)
    .sort((a, b) => a.name.localeCompare(b.name))
  const placeOf = (id: string) => viewer.locations.find((location) => location.id === id)?.name ?? ''

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    upload.mutate({ unitId: String(form.get('unitId')), file: form.get('file') as File }, { onSuccess: onPreview })
  }

  if (units.length === 0) {
    return (
      <Panel title={t('file')}>
        <p className="text-[0.9375rem] text-ink-muted">{t('noUnits')}</p>
        <ButtonLink className="mt-4" href="/settings/units">
          {t('setUp')}
        </ButtonLink>
      </Panel>
    )
  }
  return (
    <Card className="max-w-2xl p-5 sm:p-6">
      <form onSubmit={submit} className="grid gap-5">
        <Field label={t('unit')} hint={t('unitHint')}>
          <Select name="unitId">
            {units.map((unit) => (
              <option key={unit.unitId} value={unit.unitId}>
                {viewer.locations.length > 1 ? `${placeOf(unit.locationId)} · ${unit.name}` : unit.name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('file')} hint={t('fileHint')}>
          <Input
            name="file"
            type="file"
            accept=".csv,text/csv,.txt,.tsv"
            required
            className="py-2.5 file:me-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:text-sm file:font-medium file:text-ink"
          />
        </Field>
        {upload.error && <RefusalText error={upload.error} />}
        <Button look="primary" type="submit" busy={upload.isPending} className="justify-self-start">
          <FileUp aria-hidden />
          {t(upload.isPending ? 'uploading' : 'upload')}
        </Button>
      </form>
    </Card>
  )
}
