'use client'
import {
  drawnTo,
  isDrawn,
  pathsOf,
  pointIn,
  type Stroke,
  TOOLS,
  type Tool,
  widthOn,
} from '@opsflow/platform/client/files/drawing'
import { type TakenPhoto, usePhotoOutbox } from '@opsflow/platform/client/files/use-photos'
import { ArrowUpRight, Circle, Pen, Undo2 } from 'lucide-react'
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../button.tsx'
import { cx } from '../classes.ts'
import { Dialog } from '../dialog.tsx'
import { sha256Of } from './prepare-photo.ts'

/** Each is told apart from the halo around it as text is from its ground, so it is seen on any photo. */
const COLOURS = ['danger', 'info', 'warn'] as const
type Colour = (typeof COLOURS)[number]
const swatches: Record<Colour, string> = { danger: 'bg-danger', info: 'bg-info', warn: 'bg-warn' }
const icons = { pen: Pen, arrow: ArrowUpRight, circle: Circle }
const QUALITY = 0.85

/** Someone points at what a photo shows. The photo stays as it was taken; what was drawn becomes a picture of its own. */
export default function DrawOnPhoto({
  photo,
  onKeep,
  onClose,
}: {
  photo: { id: string; organizationId: string }
  onKeep: (drawn: TakenPhoto) => Promise<void>
  onClose: () => void
}) {
  const t = useTranslations('drawing')
  const canvas = useRef<HTMLCanvasElement>(null)
  const { picture, failed } = usePicture(photo)
  const [strokes, setStrokes] = useState<readonly Stroke<Colour>[]>([])
  const [now, setNow] = useState<Stroke<Colour>>()
  const [tool, setTool] = useState<Tool>('arrow')
  const [colour, setColour] = useState<Colour>('danger')
  const [isKeeping, setKeeping] = useState(false)

  useEffect(() => {
    if (canvas.current && picture) draw(canvas.current, picture, now ? [...strokes, now] : strokes)
  }, [picture, strokes, now])

  const at = (event: PointerEvent<HTMLCanvasElement>) =>
    pointIn({ x: event.clientX, y: event.clientY }, event.currentTarget.getBoundingClientRect(), event.currentTarget)

  function begin(event: PointerEvent<HTMLCanvasElement>) {
    if (!event.isPrimary || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setNow({ tool, colour, points: [at(event)] })
  }
  function end(event: PointerEvent<HTMLCanvasElement>) {
    if (now && isDrawn(now, widthOn(event.currentTarget))) setStrokes([...strokes, now])
    setNow(undefined)
  }

  async function keep() {
    if (!canvas.current) return
    setKeeping(true)
    try {
      await onKeep(await pictureOf(canvas.current))
      onClose()
    } finally {
      setKeeping(false)
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title')}
      description={t('text')}
      place="top"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" disabled={strokes.length === 0} busy={isKeeping} onClick={() => void keep()}>
            {t('keep')}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center gap-1">
          {TOOLS.map((one) => {
            const Icon = icons[one]
            return (
              <Pick key={one} label={t(one)} isPicked={tool === one} onPick={() => setTool(one)}>
                <Icon aria-hidden className="size-5" />
              </Pick>
            )
          })}
          <span aria-hidden className="mx-1 h-6 border-s border-line" />
          {COLOURS.map((one) => (
            <Pick key={one} label={t(`colours.${one}`)} isPicked={colour === one} onPick={() => setColour(one)}>
              <span className={cx('size-6 rounded-full border-2 border-surface', swatches[one])} />
            </Pick>
          ))}
          <Button
            look="quiet"
            className="ms-auto"
            disabled={strokes.length === 0}
            onClick={() => setStrokes(strokes.slice(0, -1))}
          >
            <Undo2 aria-hidden />
            {t('undo')}
          </Button>
        </div>
        {failed ? (
          <p role="alert">{t('notHere')}</p>
        ) : (
          <canvas
            ref={canvas}
            role="img"
            aria-label={t('canvas', { count: strokes.length })}
            width={picture?.width ?? 4}
            height={picture?.height ?? 3}
            className="mx-auto max-h-[52dvh] max-w-full cursor-crosshair touch-none rounded-lg bg-sunken"
            onPointerDown={begin}
            onPointerMove={(event) => now && setNow(drawnTo(now, at(event)))}
            onPointerUp={end}
            onPointerCancel={() => setNow(undefined)}
          />
        )}
        <p className="text-sm text-ink-muted">{t('orNote')}</p>
      </div>
    </Dialog>
  )
}

function Pick(props: { label: string; isPicked: boolean; onPick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.isPicked}
      onClick={props.onPick}
      className={cx(
        'inline-flex size-target items-center justify-center rounded-lg border',
        props.isPicked ? 'border-accent bg-accent-tint text-accent-ink' : 'border-transparent hover:bg-sunken',
      )}
    >
      {props.children}
    </button>
  )
}

/** From this device while its bytes are here, then from the server. */
function usePicture({ id, organizationId }: { id: string; organizationId: string }) {
  const outbox = usePhotoOutbox()
  const [picture, setPicture] = useState<ImageBitmap>()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let isGone = false
    let made: ImageBitmap | undefined
    async function read() {
      const here = await outbox?.bytes(id)
      const blob = here ? new Blob([here], { type: 'image/jpeg' }) : await fromServer(id, organizationId)
      made = await createImageBitmap(blob)
      if (isGone) made.close()
      else setPicture(made)
    }
    read().catch(() => setFailed(true))
    return () => {
      isGone = true
      made?.close()
    }
  }, [outbox, id, organizationId])
  return { picture, failed }
}

async function fromServer(id: string, organizationId: string): Promise<Blob> {
  const answer = await fetch(`/api/v1/files/${id}?${new URLSearchParams({ variant: 'full', organizationId })}`)
  if (!answer.ok) throw new Error('The photo is not here.')
  return answer.blob()
}

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, strokes: readonly Stroke<Colour>[]) {
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) return
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const width = widthOn(canvas)
  const token = getComputedStyle(canvas)
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const stroke of strokes) {
    for (const [colour, thickness] of [
      ['surface', width * 2],
      [stroke.colour, width],
    ] as const) {
      context.strokeStyle = token.getPropertyValue(`--${colour}`)
      context.lineWidth = thickness
      for (const path of pathsOf(stroke, width)) {
        context.beginPath()
        if (path.kind === 'ellipse') context.ellipse(path.at.x, path.at.y, path.rx, path.ry, 0, 0, Math.PI * 2)
        else for (const { x, y } of path.points) context.lineTo(x, y)
        context.stroke()
      }
    }
  }
}

async function pictureOf(canvas: HTMLCanvasElement): Promise<TakenPhoto> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (!blob) throw new Error('This browser draws no pictures.')
  const bytes = await blob.arrayBuffer()
  return { bytes, sha256: await sha256Of(bytes), width: canvas.width, height: canvas.height }
}
