'use client'
import { LOCATION, type Location, measured } from '@opsflow/capabilities/locations/client'
import { askOwnPosition, type NoPosition } from '@opsflow/platform/client/own-position'
import { useRow } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, useToast } from '@opsflow/platform/web'
import { LocateFixed, QrCode } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'
import { useShowPresence } from '../../client/index.ts'
import type { Shown } from '../../presence.ts'
import { codeIn } from '../../presence-shown.ts'
import { useReason } from './reason.tsx'
import { ScanInput } from './scan-input.tsx'

/** By the code that hangs there, or by how far this device is from the place: only what someone presses is taken. */
export function ShowPresence({
  list,
  scanned,
  onClose,
}: {
  list: Checklist
  scanned: string | undefined
  onClose: () => void
}) {
  const t = useTranslations('doing.presence')
  const toast = useToast()
  const reason = useReason()
  const show = useShowPresence()
  const { isShared } = useViewer()
  const place = useRow<Location>(LOCATION, list.locationId)
  const [isMeasuring, setMeasuring] = useState(false)
  const [trouble, setTrouble] = useState<NoPosition | 'noCode'>()
  const offered = scanned === undefined ? null : codeIn(scanned)
  const hasPosition = place !== undefined && place.latitude !== null && place.longitude !== null

  function tell(shown: Shown) {
    setTrouble(undefined)
    show.mutate(
      { id: crypto.randomUUID(), checklistId: list.id, shown },
      {
        onSuccess: () => {
          toast({ message: t('kept') })
          onClose()
        },
      },
    )
  }
  function read(text: string) {
    const code = codeIn(text)
    if (code === null) setTrouble('noCode')
    else tell({ method: 'code', code })
  }
  async function measure() {
    if (place === undefined || place.latitude === null || place.longitude === null) return
    const from = { latitude: place.latitude, longitude: place.longitude }
    setMeasuring(true)
    const own = await askOwnPosition()
    setMeasuring(false)
    if (typeof own === 'string') setTrouble(own)
    else tell({ method: 'position', from, ...measured(own, from) })
  }

  return (
    <Dialog open onClose={onClose} title={t('show')} description={t('text')}>
      <div className="grid gap-6">
        {(trouble || show.error) && (
          <p role="alert" className="rounded-lg border border-danger/40 bg-danger-tint px-3.5 py-3 text-sm">
            {trouble ? t(`trouble.${trouble}`) : reason(show.error)}
          </p>
        )}
        {offered && (
          <Button
            look="primary"
            className="h-14 text-base"
            busy={show.isPending}
            onClick={() => tell({ method: 'code', code: offered })}
          >
            <QrCode aria-hidden />
            {t('useScanned')}
          </Button>
        )}
        <section className="grid gap-3">
          <h3 className="font-semibold">{t('codeTitle')}</h3>
          <p className="text-sm text-ink-muted">{t('codeText')}</p>
          <ScanInput given={undefined} onScanned={read} />
        </section>
        {!isShared && (
          <section className="grid gap-3">
            <h3 className="font-semibold">{t('positionTitle')}</h3>
            <p className="text-sm text-ink-muted">{t(hasPosition ? 'positionText' : 'placeUnknown')}</p>
            {hasPosition && (
              <Button className="h-14 text-base" busy={isMeasuring || show.isPending} onClick={() => void measure()}>
                <LocateFixed aria-hidden />
                {t('measure')}
              </Button>
            )}
          </section>
        )}
      </div>
    </Dialog>
  )
}
