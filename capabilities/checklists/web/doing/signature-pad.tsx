'use client'
import { Button, cx, Field, Input } from '@opsflow/platform/web'
import { Eraser } from 'lucide-react'
import { type PointerEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'

const WIDTH = 600
const HEIGHT = 200
const LONGEST = 19_000

/** A name as it is written with the finger. Whoever cannot draw types it: the name alone is enough. */
export function SignaturePad({
  given,
  onSigned,
}: {
  given: { name: string; path: string } | undefined
  onSigned: (signature: { name: string; path: string }) => void
}) {
  const t = useTranslations('doing.step')
  const [path, setPath] = useState(given?.path ?? '')
  const [name, setName] = useState(given?.name ?? '')
  const drawing = useRef(false)

  function draw(event: PointerEvent<SVGSVGElement>, begins: boolean) {
    if (begins) {
      event.currentTarget.setPointerCapture(event.pointerId)
      drawing.current = true
    }
    if (!drawing.current || path.length > LONGEST) return
    const box = event.currentTarget.getBoundingClientRect()
    const x = Math.round(((event.clientX - box.left) / box.width) * WIDTH)
    const y = Math.round(((event.clientY - box.top) / box.height) * HEIGHT)
    setPath((before) => `${before}${begins ? 'M' : 'L'}${x} ${y}`)
  }

  return (
    <div className="grid gap-4" data-unfinished={path !== (given?.path ?? '') ? '' : undefined}>
      <div className="relative">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={t('signHere')}
          className="w-full touch-none rounded-xl border border-dashed border-line-strong bg-surface"
          onPointerDown={(event) => draw(event, true)}
          onPointerMove={(event) => draw(event, false)}
          onPointerUp={() => {
            drawing.current = false
          }}
        >
          <line x1="30" y1="150" x2="570" y2="150" className="stroke-line-strong" strokeWidth="1.5" />
          <path
            d={path}
            className="fill-none stroke-ink"
            strokeWidth="4"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        {path === '' && (
          <span aria-hidden className="pointer-events-none absolute inset-x-0 bottom-[30%] text-center text-ink-muted">
            {t('signHere')}
          </span>
        )}
        <Button
          look="quiet"
          className={cx('absolute end-1 top-1', path === '' && 'invisible')}
          onClick={() => setPath('')}
        >
          <Eraser aria-hidden />
          {t('again')}
        </Button>
      </div>
      <Field label={t('yourName')}>
        <Input value={name} maxLength={200} autoComplete="name" onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button
        look="primary"
        className="h-14 text-base"
        disabled={name.trim() === '' || (given?.name === name && given.path === path)}
        onClick={() => onSigned({ name: name.trim(), path })}
      >
        {t('signItem')}
      </Button>
    </div>
  )
}
