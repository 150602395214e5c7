'use client'
import { Button, Dialog, Field, Select, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useTakeDuty } from '../client/index.ts'

const HOURS = [2, 4, 6, 8, 10, 12, 16]
const USUAL_HOURS = 8

type Place = { id: string; name: string; timezone: string }

/** Until when; it begins now. */
export default function TakeDuty({ place, onClose }: { place: Place; onClose: () => void }) {
  const t = useTranslations('alerts.duty')
  const format = useFormatter()
  const toast = useToast()
  const take = useTakeDuty()
  const [hours, setHours] = useState(USUAL_HOURS)
  const [opened] = useState(() => Date.now())
  const at = (after: number) => new Date(opened + after * 3_600_000)
  const send = () =>
    take.mutate(
      { id: crypto.randomUUID(), locationId: place.id, endsAt: new Date(Date.now() + hours * 3_600_000).toISOString() },
      { onSuccess: onClose, onError: () => toast({ message: t('notDone'), tone: 'danger' }) },
    )
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('dialog', { place: place.name })}
      description={t('text')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" busy={take.isPending} onClick={send}>
            {t('take')}
          </Button>
        </>
      }
    >
      <Field label={t('until')}>
        <Select value={hours} onChange={({ target }) => setHours(Number(target.value))}>
          {HOURS.map((one) => (
            <option key={one} value={one}>
              {t('choice', {
                hours: one,
                time: format.dateTime(at(one), { timeStyle: 'short', timeZone: place.timezone }),
              })}
            </option>
          ))}
        </Select>
      </Field>
    </Dialog>
  )
}
