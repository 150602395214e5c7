'use client'
import { Button, Field, Input } from '@opsflow/platform/web'
import { ScanLine } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> }
type DetectorClass = new () => Detector

const detectorClass = () => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector

/** By the camera where the browser can read codes; by typing everywhere, also for a scanner that acts as a keyboard. */
export function ScanInput({ given, onScanned }: { given: string | undefined; onScanned: (text: string) => void }) {
  const t = useTranslations('doing.step')
  const [text, setText] = useState(given ?? '')
  const [isScanning, setIsScanning] = useState(false)
  const [hasCamera, setHasCamera] = useState(false)
  useEffect(() => setHasCamera(detectorClass() !== undefined && navigator.mediaDevices !== undefined), [])
  const commit = (code: string) => {
    setIsScanning(false)
    setText(code)
    if (code.trim() !== '' && code !== given) onScanned(code.trim())
  }
  return (
    <div className="grid gap-4">
      {isScanning ? (
        <Camera onCode={commit} onStop={() => setIsScanning(false)} />
      ) : (
        hasCamera && (
          <Button look="primary" className="h-14 text-base" onClick={() => setIsScanning(true)}>
            <ScanLine aria-hidden />
            {t('scan')}
          </Button>
        )
      )}
      <Field label={t('code')}>
        <Input
          value={text}
          maxLength={1000}
          autoCapitalize="off"
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && commit(text)}
          onBlur={() => commit(text)}
        />
      </Field>
    </div>
  )
}

const LOOK_EVERY_MS = 250

function Camera({ onCode, onStop }: { onCode: (text: string) => void; onStop: () => void }) {
  const t = useTranslations('doing.step')
  const video = useRef<HTMLVideoElement>(null)
  const found = useRef(onCode)
  found.current = onCode
  const [isRefused, setIsRefused] = useState(false)
  useEffect(() => {
    let stream: MediaStream | undefined
    let timer: ReturnType<typeof setInterval> | undefined
    let isGone = false
    async function look() {
      const Reader = detectorClass()
      if (!Reader) return
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      if (isGone || !video.current) return stop()
      video.current.srcObject = stream
      await video.current.play()
      const reader = new Reader()
      timer = setInterval(async () => {
        const [code] = video.current ? await reader.detect(video.current).catch(() => []) : []
        if (code && !isGone) found.current(code.rawValue)
      }, LOOK_EVERY_MS)
    }
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    look().catch(() => setIsRefused(true))
    return () => {
      isGone = true
      clearInterval(timer)
      stop()
    }
  }, [])
  if (isRefused) {
    return (
      <p role="alert" className="rounded-xl bg-sunken p-4 text-sm">
        {t('noCamera')}
      </p>
    )
  }
  return (
    <div className="grid gap-3">
      <video ref={video} muted playsInline className="aspect-[4/3] w-full rounded-xl bg-sunken object-cover" />
      <Button className="h-14" onClick={onStop}>
        {t('stopScan')}
      </Button>
    </div>
  )
}
