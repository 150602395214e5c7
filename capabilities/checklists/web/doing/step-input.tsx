'use client'
import { nameOf, usePhotoField } from '@opsflow/platform/client/files/use-photos'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, cx, Input, Keypad, PhotoField, TextArea } from '@opsflow/platform/web'
import { Check, X } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { AnswerValue } from '../../answer.ts'
import type { Item, ItemOf } from '../../item.ts'
import type { UnitHere } from '../../steps.ts'
import { ScanInput } from './scan-input.tsx'
import { SignaturePad } from './signature-pad.tsx'
import { TimerInput } from './timer-input.tsx'
import type { Answering, More } from './use-answering.ts'

/** What is typed and not yet given: the way on gives it. Answers whether one may go on. */
export type Typed = RefObject<(() => Promise<boolean>) | null>

export type InputProps<I extends Item = Item> = {
  item: I
  value: AnswerValue | null
  /** Typed before and refused: a field begins with it. */
  said: AnswerValue | null
  entryId: string | null
  locationId: string
  units: readonly UnitHere[]
  answering: Answering
  /** Given: what follows a choice that needs nothing more. */
  onGiven: (value: AnswerValue, more?: More) => void
  typed: Typed
}

/** The one input an item needs. What one touch says is kept by that touch; what is typed, by going on. */
export function StepInput(props: InputProps): ReactNode {
  const { item, value, onGiven } = props
  const t = useTranslations('doing.step')
  switch (item.kind) {
    case 'pass_fail':
      return (
        <Either
          yes={t('pass')}
          no={t('fail')}
          chosen={value?.kind === 'pass_fail' ? value.passes : undefined}
          noFails
          onChoose={(passes) => onGiven({ kind: 'pass_fail', passes })}
        />
      )
    case 'yes_no':
      return (
        <Either
          yes={t('yes')}
          no={t('no')}
          chosen={value?.kind === 'yes_no' ? value.yes : undefined}
          onChoose={(yes) => onGiven({ kind: 'yes_no', yes })}
        />
      )
    case 'number':
      return <NumberEntry {...props} item={item} />
    case 'temperature':
      return <TemperatureEntry {...props} item={item} />
    case 'choice':
      return <Chips {...props} item={item} />
    case 'text':
      return <TextEntry {...props} item={item} />
    case 'moment':
      return <MomentEntry {...props} item={item} />
    case 'photo':
      return <PhotoEntry {...props} item={item} />
    case 'signature':
      return (
        <SignaturePad
          given={value?.kind === 'signature' ? value : undefined}
          onSigned={(signature) => onGiven({ kind: 'signature', ...signature })}
        />
      )
    case 'scan':
      return (
        <ScanInput
          given={value?.kind === 'scan' ? value.text : undefined}
          onScanned={(text) => onGiven({ kind: 'scan', text })}
        />
      )
    case 'timer':
      return (
        <TimerInput
          seconds={item.seconds}
          run={value?.kind === 'timer' ? value : undefined}
          onRun={(run) => onGiven({ kind: 'timer', ...run })}
        />
      )
    case 'instruction':
      return null
  }
}

function Either({
  yes,
  no,
  chosen,
  noFails,
  onChoose,
}: {
  yes: string
  no: string
  chosen: boolean | undefined
  noFails?: boolean
  onChoose: (yes: boolean) => void
}) {
  const look =
    'min-h-20 rounded-xl border-2 text-lg font-semibold shadow-card transition-colors inline-flex items-center justify-center gap-2 [&_svg]:size-6'
  return (
    <div className="grid grid-cols-2 gap-3">
      <button
        type="button"
        aria-pressed={chosen === false}
        onClick={() => onChoose(false)}
        className={cx(
          look,
          chosen === false
            ? noFails
              ? 'border-danger bg-danger-tint text-ink'
              : 'border-accent bg-accent-tint text-ink'
            : 'border-line bg-surface hover:border-line-strong',
        )}
      >
        <X aria-hidden className={noFails ? 'text-danger' : undefined} />
        {no}
      </button>
      <button
        type="button"
        aria-pressed={chosen === true}
        onClick={() => onChoose(true)}
        className={cx(
          look,
          chosen === true
            ? noFails
              ? 'border-ok bg-ok-tint text-ink'
              : 'border-accent bg-accent-tint text-ink'
            : 'border-line bg-surface hover:border-line-strong',
        )}
      >
        <Check aria-hidden className={noFails ? 'text-ok' : undefined} />
        {yes}
      </button>
    </div>
  )
}

/** Something typed is given by going on, by Enter, or by leaving the page. */
function useTyped(typed: Typed, give: () => Promise<boolean>) {
  useEffect(() => {
    typed.current = give
    return () => {
      typed.current = null
    }
  })
}

function NumberEntry({ item, value, said, answering, onGiven, typed }: InputProps<ItemOf<'number'>>) {
  const t = useTranslations('doing.step')
  const known = value?.kind === 'number' ? value.text : ''
  const [text, setText] = useState(said?.kind === 'number' ? said.text : known)
  const [wrong, setWrong] = useState<string>()
  async function give() {
    if (text === known || text === '') return true
    if (!/\d/.test(text)) {
      setWrong(t('notANumber'))
      return false
    }
    const given = { kind: 'number', text: text.replace(/\.$/, '') } as const
    onGiven(given)
    return false
  }
  useTyped(typed, give)
  return (
    <div className="grid gap-2">
      <Keypad
        label={item.label}
        value={text}
        suffix={item.unit}
        error={wrong}
        onChange={(next) => {
          setText(next)
          setWrong(undefined)
        }}
        onEnter={() => !answering.isBusy && void give()}
      />
    </div>
  )
}

function TemperatureEntry(props: InputProps<ItemOf<'temperature'>>) {
  const { item, value, said, entryId, units, locationId, onGiven, typed } = props
  const t = useTranslations('doing.step')
  const viewer = useViewer()
  const known = value?.kind === 'temperature' ? value : undefined
  const first = said?.kind === 'temperature' ? said : known
  const { subject } = item
  const kinds = subject.kind === 'unit' ? (subject.unitKinds as readonly string[]) : []
  const choices = units.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
  // What was refused may name a unit that is no choice any more.
  const chosenBefore = said ? choices.find(({ id }) => id === first?.unitId)?.id : known?.unitId
  const [unitId, setUnitId] = useState(chosenBefore ?? (choices.length === 1 ? (choices[0]?.id ?? '') : ''))
  const own = viewer.locations.find(({ id }) => id === locationId)?.temperatureUnit
  const [unit, setUnit] = useState(first?.unit ?? own ?? 'F')
  const [text, setText] = useState(first?.text ?? '')
  const [wrong, setWrong] = useState<string>()
  const asksUnit = subject.kind === 'unit' && entryId === null
  const readAt = subject.kind === 'food' ? null : (entryId ?? unitId)
  async function give() {
    if (text === '' || (text === known?.text && unit === known.unit && (readAt ?? null) === known.unitId)) return true
    if (!/\d/.test(text)) {
      setWrong(t('notATemperature'))
      return false
    }
    if (readAt === '') {
      setWrong(t('whichUnit'))
      return false
    }
    onGiven({ kind: 'temperature', text: text.replace(/\.$/, ''), unit, unitId: readAt, logId: null })
    return false
  }
  useTyped(typed, give)
  return (
    <div className="grid gap-4">
      {asksUnit && choices.length > 1 && (
        <fieldset>
          <legend className="mb-2 text-sm font-medium">{t('whichUnit')}</legend>
          <div className="flex flex-wrap gap-2">
            {choices.map(({ id, name }) => (
              <Chip key={id} isChosen={unitId === id} onChoose={() => setUnitId(id)}>
                {name}
              </Chip>
            ))}
          </div>
        </fieldset>
      )}
      <Keypad
        label={item.label}
        value={text}
        unit={unit}
        onUnitChange={setUnit}
        error={wrong}
        onChange={(next) => {
          setText(next)
          setWrong(undefined)
        }}
        onEnter={() => !props.answering.isBusy && void give()}
      />
    </div>
  )
}

function Chips({ item, value, answering, onGiven }: InputProps<ItemOf<'choice'>>) {
  const chosen = value?.kind === 'choice' ? value.options : []
  function choose(id: string) {
    if (!item.several) return onGiven({ kind: 'choice', options: [id] })
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
    if (next.length === 0) return void answering.clear()
    return void answering.give({ kind: 'choice', options: next })
  }
  return (
    <div className="grid gap-2.5 sm:grid-cols-2">
      {item.options.map(({ id, label }) => (
        <Chip key={id} isChosen={chosen.includes(id)} onChoose={() => choose(id)} wide>
          {label}
        </Chip>
      ))}
    </div>
  )
}

function Chip({
  isChosen,
  onChoose,
  wide,
  children,
}: {
  isChosen: boolean
  onChoose: () => void
  wide?: boolean
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      className={cx(
        'inline-flex min-h-14 items-center gap-2 rounded-xl border-2 px-4 text-start text-base font-medium transition-colors',
        wide && 'w-full justify-between',
        isChosen ? 'border-accent bg-accent-tint' : 'border-line bg-surface hover:border-line-strong',
      )}
    >
      {children}
      <Check aria-hidden className={cx('size-5 shrink-0 text-accent-ink', !isChosen && 'invisible')} />
    </button>
  )
}

function TextEntry({ item, value, said, answering, typed }: InputProps<ItemOf<'text'>>) {
  const known = value?.kind === 'text' ? value.text : ''
  const [text, setText] = useState(said?.kind === 'text' ? said.text : known)
  // Leaving the field and "Next" are one touch: what is on its way already is not said a second time.
  const giving = useRef<{ said: string; done: Promise<boolean> }>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another answer stands, so that nothing is on its way
  useEffect(() => {
    giving.current = undefined
  }, [known])
  async function record(said: string) {
    const answer = said === '' ? await answering.clear() : await answering.give({ kind: 'text', text: said })
    if (!answer) giving.current = undefined
    return answer !== undefined
  }
  async function give() {
    const said = text.trim()
    if (said === known) return true
    if (giving.current?.said !== said) giving.current = { said, done: record(said) }
    return giving.current.done
  }
  useTyped(typed, give)
  const props = {
    value: text,
    'aria-label': item.label,
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
    onBlur: () => void give(),
  }
  return item.long ? (
    <TextArea {...props} rows={5} maxLength={4000} className="text-base" />
  ) : (
    <Input {...props} maxLength={4000} className="min-h-14 text-base" />
  )
}

const MOMENT = { date: 'date', time: 'time', date_time: 'datetime-local' } as const

function MomentEntry({ item, value, said, answering }: InputProps<ItemOf<'moment'>>) {
  const known = value?.kind === 'moment' ? value.text : ''
  return (
    <Input
      type={MOMENT[item.asks]}
      aria-label={item.label}
      defaultValue={said?.kind === 'moment' ? said.text : known}
      className="min-h-14 text-lg"
      onChange={({ target }) => {
        if (target.value !== '' && target.value !== known) void answering.give({ kind: 'moment', text: target.value })
      }}
    />
  )
}

function PhotoEntry({ item, entryId, locationId, answering, typed }: InputProps<ItemOf<'photo'>>) {
  const t = useTranslations('doing.step')
  const viewer = useViewer()
  const field = usePhotoField(`checklist ${item.id} ${entryId ?? ''} ${viewer.memberId}`, locationId)
  const fresh = field.photos.filter(({ id }) => !answering.photos.some((photo) => photo.id === id))
  async function give() {
    if (fresh.length === 0) return true
    if (!(await field.release())) return false
    const photos = [...answering.photos, ...fresh].map(nameOf)
    return (await answering.give({ kind: 'photo' }, { photos })) !== undefined
  }
  useTyped(typed, give)
  return (
    <div className="grid gap-3">
      <PhotoField
        field={field}
        organizationId={viewer.organizationId}
        gallery={!viewer.isShared}
        earlier={answering.photos}
        atLeast={item.atLeast}
      />
      {fresh.length > 0 && (
        <Button look="primary" className="h-14 text-base" onClick={() => void give()}>
          <Check aria-hidden />
          {t('usePhotos', { count: fresh.length })}
        </Button>
      )}
    </div>
  )
}
