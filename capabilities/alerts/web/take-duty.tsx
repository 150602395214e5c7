'use client'
import { type Seated, useSeat } from '@opsflow/platform/client/sync/seat'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Dialog, Field, Select, SignButton, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useDutyCandidates, useGiveDuty, useTakeDuty, useUndoDuty } from '../client/index.ts'
import type { Duty } from '../on-duty.ts'

const HOURS = [2, 4, 6, 8, 10, 12, 16]
const USUAL_HOURS = 8

export type Place = { id: string; name: string; timezone: string }

/** Who, and until when; it begins now. On a shared tablet one takes it oneself, with the PIN. */
export default function TakeDuty({
  place,
  duty,
  onClose,
}: {
  place: Place
  duty: Duty | undefined
  onClose: () => void
}) {
  const t = useTranslations('alerts.duty')
  const { opened, timeAt, write, isPending } = useBeginning(place, onClose)
  const format = useFormatter()
  const viewer = useViewer()
  const seat = useSeat()
  const me = { id: viewer.memberId, name: viewer.name }
  const { people, asOf } = useDutyCandidates(place.id, !seat)
  const others = people.filter(({ id }) => id !== me.id)
  const age = asOf === undefined ? undefined : t('asOf', { time: format.relativeTime(asOf, Math.max(opened, asOf)) })
  // Whoever has it already gives it away.
  const choices = duty?.member.id === me.id ? others.filter(({ id }) => id !== me.id) : [me, ...others]
  const [chosen, setChosen] = useState<string>()
  const [hours, setHours] = useState(USUAL_HOURS)
  const who = choices.find(({ id }) => id === chosen) ?? choices[0]
  const act = t(who === undefined || who.id === me.id ? 'take' : 'give')
  const send = (signedBy?: Seated) => who && write(who, hours, signedBy)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('dialog', { place: place.name })}
      description={t(who === undefined || who.id === me.id ? 'text' : 'textOther', { name: who?.name ?? '' })}
      footer={
        seat ? undefined : (
          <>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button look="primary" busy={isPending} disabled={who === undefined} onClick={() => send()}>
              {act}
            </Button>
          </>
        )
      }
    >
      <div className="grid gap-4">
        {!seat && (
          <Field label={t('who')} hint={others.length === 0 ? t('onlyMe') : age}>
            <Select value={who?.id ?? ''} onChange={({ target }) => setChosen(target.value)}>
              {choices.map(({ id, name }) => (
                <option key={id} value={id}>
                  {id === me.id ? t('me', { name }) : name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Field label={t('until')}>
          <Select value={hours} onChange={({ target }) => setHours(Number(target.value))}>
            {HOURS.map((one) => (
              <option key={one} value={one}>
                {t('choice', { hours: one, time: timeAt(one) })}
              </option>
            ))}
          </Select>
        </Field>
        {seat && (
          <SignButton ask={t('sign')} busy={isPending} className="w-full" onSign={send}>
            {act}
          </SignButton>
        )}
      </div>
    </Dialog>
  )
}

function useBeginning(place: Place, onClose: () => void) {
  const t = useTranslations('alerts.duty')
  const format = useFormatter()
  const toast = useToast()
  const { memberId } = useViewer()
  const take = useTakeDuty()
  const give = useGiveDuty()
  const undo = useUndoDuty()
  const [opened] = useState(() => Date.now())
  const timeAt = (hours: number) =>
    format.dateTime(new Date(opened + hours * 3_600_000), { timeStyle: 'short', timeZone: place.timezone })
  const write = (member: { id: string; name: string }, hours: number, signedBy?: Seated) => {
    const id = crypto.randomUUID()
    const duty = { id, locationId: place.id, endsAt: new Date(Date.now() + hours * 3_600_000).toISOString() }
    const isMine = member.id === memberId
    const told = {
      onSuccess: () => {
        onClose()
        toast({
          message: t(isMine ? 'taken' : 'given', { name: member.name }),
          undo: () =>
            undo.mutate({ id, undoes: 'start' }, { onError: () => toast({ message: t('tooLate'), tone: 'danger' }) }),
        })
      },
      onError: () => toast({ message: t('notDone'), tone: 'danger' }),
    } as const
    if (isMine) take.mutate({ ...duty, signedBy }, told)
    else give.mutate({ ...duty, member }, told)
  }
  return { opened, timeAt, write, isPending: take.isPending || give.isPending }
}
