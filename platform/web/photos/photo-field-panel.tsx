'use client'
import type { Warning } from '@opsflow/platform/client/files/picture'
import type { NamedPhoto, PhotoFieldState, TakenPhoto } from '@opsflow/platform/client/files/use-photos'
import { Camera, Images, PenLine, TriangleAlert, X } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../button.tsx'
import { cx } from '../classes.ts'
import { MoreWords } from '../more-words.tsx'
import { drawingMessages } from './messages.ts'
import { PhotoImage, thumbClass } from './photo-thumb.tsx'
import { PickPicture } from './pick-picture.tsx'
import type { PreparedPhoto } from './prepare-photo.ts'

const DrawOnPhoto = lazy(() => import('./draw-on-photo.tsx'))
const readCamera = () => import('./take-photo.ts')

type Trouble = 'unreadable' | 'notHere' | 'noRoom' | 'notKept'

export type PhotoFieldProps = {
  field: PhotoFieldState
  organizationId: string
  most?: number
  /** Whether a picture that was there before will do. */
  gallery?: boolean
  /** How many are asked for. 0: none has to be there. */
  atLeast?: number
  /** Recorded already with this record: they can be drawn on as well. */
  earlier?: readonly NamedPhoto[]
}

/** Each photo lies on this device before the record is made; a bad one may be taken again at once. */
export default function PhotoFieldPanel(props: PhotoFieldProps) {
  return (
    <MoreWords of={drawingMessages}>
      <Panel {...props} />
    </MoreWords>
  )
}

function Panel({ field, organizationId, most = 10, gallery = true, atLeast = 0, earlier = [] }: PhotoFieldProps) {
  const t = useTranslations('ui.photos')
  const words = useTranslations('drawing')
  const id = useId()
  const cameraInput = useRef<HTMLInputElement>(null)
  const [working, setWorking] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const [doubtful, setDoubtful] = useState<PreparedPhoto>()
  const [drawsOn, setDrawsOn] = useState<string>()
  const fresh = field.photos.filter(({ id }) => !earlier.some((photo) => photo.id === id))
  const all = [...earlier, ...fresh]
  const taken = all.filter(({ annotates }) => !annotates)
  const left = most - all.length
  /** Drawn on anew, the photo has one drawing: the latest that this form made. */
  async function keepDrawing(on: string, drawn: TakenPhoto) {
    for (const old of fresh.filter(({ annotates }) => annotates === on)) await field.remove(old.id)
    await field.add(drawn, on)
  }
  // Fetched while the form is filled in: at the moment of the photo there may be no network to fetch it by.
  useEffect(() => void readCamera().catch(() => undefined), [])

  async function take(files: readonly File[]) {
    setTrouble(undefined)
    setDoubtful(undefined)
    setWorking(true)
    try {
      const camera = await readCamera().catch(() => undefined)
      if (!camera) return setTrouble('notHere')
      for (const file of files.slice(0, left)) {
        const photo = await camera.takePhoto(file)
        if (photo.warnings.length > 0 && files.length === 1) setDoubtful(photo)
        else await keep(photo)
      }
    } catch {
      setTrouble('unreadable')
    } finally {
      setWorking(false)
    }
  }

  async function keep({ warnings: _, ...photo }: PreparedPhoto) {
    try {
      await field.add(photo)
      setDoubtful(undefined)
    } catch (error) {
      setTrouble((error as Error).name === 'NoRoom' ? 'noRoom' : 'notKept')
    }
  }

  return (
    <section aria-labelledby={id} className="grid gap-2" data-unfinished={doubtful ? '' : undefined}>
      <h3 id={id} className="text-sm font-medium">
        {atLeast > 0 ? (
          t('atLeast', { count: atLeast })
        ) : (
          <>
            {t('title')} <span className="ms-1 font-normal text-ink-muted">{t('optional')}</span>
          </>
        )}
      </h3>
      <ul className="flex flex-wrap gap-2 empty:hidden">
        {taken.map((photo, at) => {
          const drawing = all.findLast(({ annotates }) => annotates === photo.id)
          return (
            <li key={photo.id} className="relative">
              <PhotoImage
                photo={{
                  id: drawing?.id ?? photo.id,
                  organizationId,
                  alt: drawing ? words('drawn', { number: at + 1 }) : t('taken', { number: at + 1 }),
                  hasArrived: true,
                }}
                variant="thumbnail"
                className={thumbClass}
              />
              {left > 0 && (
                <OnThumb label={words('on', { number: at + 1 })} at="bottom" onPress={() => setDrawsOn(photo.id)}>
                  <PenLine aria-hidden className="size-4" />
                </OnThumb>
              )}
              {fresh.includes(photo) && (
                <OnThumb label={t('remove', { number: at + 1 })} at="top" onPress={() => void field.remove(photo.id)}>
                  <X aria-hidden className="size-4" />
                </OnThumb>
              )}
            </li>
          )
        })}
      </ul>
      {drawsOn && (
        <Suspense>
          <DrawOnPhoto
            photo={{ id: drawsOn, organizationId }}
            onKeep={(drawn) => keepDrawing(drawsOn, drawn)}
            onClose={() => setDrawsOn(undefined)}
          />
        </Suspense>
      )}
      {doubtful ? (
        <Doubtful
          photo={doubtful}
          onAgain={() => cameraInput.current?.click()}
          onKeep={() => void keep(doubtful)}
          onDrop={() => setDoubtful(undefined)}
        />
      ) : null}
      <div className={cx('flex flex-wrap gap-2', (doubtful || left <= 0) && 'sr-only')}>
        <PickPicture inputRef={cameraInput} fromCamera busy={working} onPick={take} icon={<Camera aria-hidden />}>
          {t(working ? 'working' : taken.length === 0 ? 'take' : 'another')}
        </PickPicture>
        {gallery && (
          <PickPicture busy={working} onPick={take} icon={<Images aria-hidden />}>
            {t('choose')}
          </PickPicture>
        )}
      </div>
      <p role="status" className="sr-only">
        {working ? t('working') : field.photos.length > 0 ? t('kept', { count: field.photos.length }) : ''}
      </p>
      {(trouble ?? field.trouble) && <Said>{t(trouble ?? field.trouble ?? 'notKept')}</Said>}
    </section>
  )
}

/** A small button at a corner of a thumbnail, with room for a finger around it. */
function OnThumb(props: { label: string; at: 'top' | 'bottom'; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      onClick={props.onPress}
      className={cx(
        'absolute -end-1 flex size-target justify-end rounded-lg',
        props.at === 'top' ? '-top-1 items-start' : '-bottom-1 items-end',
      )}
    >
      <span className="flex size-7 items-center justify-center rounded-full border border-line bg-surface text-ink shadow-card">
        {props.children}
      </span>
    </button>
  )
}

/** Whoever pressed Save stands elsewhere on the page: it comes to them. */
function Said({ children }: { children: ReactNode }) {
  const said = useRef<HTMLParagraphElement>(null)
  useEffect(() => said.current?.scrollIntoView({ block: 'center' }), [])
  return (
    <p ref={said} role="alert" className="text-sm font-medium text-danger">
      {children}
    </p>
  )
}

/** Said at the only moment at which it can be mended: while one still stands before it. */
function Doubtful({
  photo,
  onAgain,
  onKeep,
  onDrop,
}: {
  photo: PreparedPhoto
  onAgain: () => void
  onKeep: () => void
  onDrop: () => void
}) {
  const t = useTranslations('ui.photos')
  const url = useUrlOf(photo.bytes)
  const again = useRef<HTMLButtonElement>(null)
  useEffect(() => again.current?.focus(), [])
  return (
    <div role="alert" className="flex gap-3 rounded-xl border border-warn/50 bg-warn-tint p-3">
      {url && <img src={url} alt={t('doubtful')} className={thumbClass} />}
      <div className="grid flex-1 content-between gap-3">
        <p className="flex items-start gap-2 text-[0.9375rem] font-medium">
          <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" />
          {t(firstOf(photo.warnings))}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button ref={again} look="primary" className="scroll-mb-40" onClick={onAgain}>
            {t('again')}
          </Button>
          <Button onClick={onKeep}>{t('keep')}</Button>
          <Button look="quiet" onClick={onDrop}>
            {t('drop')}
          </Button>
        </div>
      </div>
    </div>
  )
}

const firstOf = ([first = 'blurred']: readonly Warning[]): Warning => first

function useUrlOf(bytes: ArrayBuffer): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes])
  return url
}
