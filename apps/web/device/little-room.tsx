'use client'
import { HardDrive } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Notice } from './notice.tsx'
import { useLittleRoom } from './storage.ts'

/** Said before it is too late to record anything. */
export function LittleRoom() {
  const t = useTranslations('device.littleRoom')
  const format = useFormatter()
  const left = useLittleRoom()
  const [heard, setHeard] = useState(false)
  if (left === undefined || heard) return null
  const megabytes = format.number(left / 1_000_000, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 })
  return (
    <Notice tone="warn" icon={<HardDrive aria-hidden />} title={t('title')} onClose={() => setHeard(true)}>
      {t('text', { left: megabytes })}
    </Notice>
  )
}
