'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Field,
  Input,
  NoPermission,
  PageHeader,
  Panel,
  QrCode,
  qrSvg,
  Select,
  SkeletonRows,
  useToast,
} from '@opsflow/platform/web'
import { Printer, QrCode as QrIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMakeCode, usePlaceCodes, useRevokeCode, useUnitsAt } from '../client/index.ts'
import type { PlaceCode } from '../place-code.ts'

/** The codes of a location: made, printed, revoked. */
export function CodesScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('taskPages.codes')
  const viewer = useViewer()
  if (!viewer.can('tasks.codes', locationId)) return <NoPermission />
  return (
    <>
      <div className="print:hidden">
        <PageHeader title={t('title')} text={t('text')} />
      </div>
      {locationId ? (
        <CodesOf locationId={locationId} />
      ) : (
        <EmptyState icon={<QrIcon aria-hidden />} title={t('chooseLocation')} />
      )}
    </>
  )
}

function CodesOf({ locationId }: { locationId: string }) {
  const t = useTranslations('taskPages.codes')
  const viewer = useViewer()
  const codes = usePlaceCodes(locationId)
  const location = viewer.locations.find(({ id }) => id === locationId)
  const nameOf = ({ label, unit }: PlaceCode) => label || unit?.name || location?.name || ''
  return (
    <div className="grid gap-4">
      <MakeCode locationId={locationId} />
      {codes.isPending ? (
        <SkeletonRows />
      ) : codes.isError ? (
        <ErrorState error={codes.error} onRetry={codes.refetch} />
      ) : codes.data.length === 0 ? (
        <EmptyState icon={<QrIcon aria-hidden />} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <>
          <Button className="justify-self-start print:hidden" onClick={() => window.print()}>
            <Printer aria-hidden />
            {t('print')}
          </Button>
          <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3 print:grid-cols-2">
            {codes.data.map((code) => (
              <CodeCard key={code.id} code={code} name={nameOf(code)} place={location?.name ?? ''} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** As it hangs on the wall. */
function CodeCard({ code, name, place }: { code: PlaceCode; name: string; place: string }) {
  const t = useTranslations('taskPages.codes')
  const toast = useToast()
  const revoke = useRevokeCode()
  const [asking, setAsking] = useState(false)
  const address = `${window.location.origin}/at?code=${code.code}`
  return (
    <li className="flex flex-col items-center gap-3 rounded-xl border border-line bg-surface p-5 text-center shadow-card break-inside-avoid">
      <p className="text-lg font-semibold text-balance">{name}</p>
      {name !== place && <p className="-mt-3 text-sm text-ink-muted">{place}</p>}
      <QrCode text={address} label={t('code', { place: name })} className="w-full max-w-48 rounded-lg" />
      <p className="text-sm">
        {t('scan')} <br />
        {t('broken')}
      </p>
      <div className="mt-auto flex flex-wrap justify-center gap-2 print:hidden">
        <Button onClick={() => saveSvg(name, qrSvg(address))}>{t('svg')}</Button>
        <Button look="quiet" onClick={() => setAsking(true)}>
          {t('revoke')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('revokeTitle')}
        action={t('revoke')}
        busy={revoke.isPending}
        onConfirm={() =>
          revoke.mutate(code.id, {
            onSuccess: () => setAsking(false),
            onError: (error) => toast({ message: error.message, tone: 'danger' }),
          })
        }
      >
        {t('revokeText')}
      </ConfirmDialog>
    </li>
  )
}

function saveSvg(name: string, svg: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  link.download = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.svg`
  link.click()
  URL.revokeObjectURL(link.href)
}

function MakeCode({ locationId }: { locationId: string }) {
  const t = useTranslations('taskPages.codes')
  const toast = useToast()
  const make = useMakeCode()
  const units = useUnitsAt(locationId)
  const [unitId, setUnitId] = useState('')
  const [label, setLabel] = useState('')
  return (
    <Panel title={t('make')} className="print:hidden">
      <form
        className="grid items-start gap-4 sm:grid-cols-[1fr_1fr_auto]"
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate(
            { locationId, unitId: unitId || null, label: label.trim() },
            {
              onSuccess: () => {
                setUnitId('')
                setLabel('')
              },
              onError: (error) => toast({ message: error.message, tone: 'danger' }),
            },
          )
        }}
      >
        <Field label={t('unit')}>
          <Select value={unitId} onChange={({ target }) => setUnitId(target.value)}>
            <option value="">{t('wholePlace')}</option>
            {units.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('label')} hint={t('labelHint')}>
          <Input value={label} maxLength={100} onChange={({ target }) => setLabel(target.value)} />
        </Field>
        <Button type="submit" look="primary" busy={make.isPending} className="sm:mt-[1.625rem]">
          {t('make')}
        </Button>
      </form>
    </Panel>
  )
}
