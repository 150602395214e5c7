'use client'
import { isOutOfReach } from '@opsflow/capabilities/kiosks/client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { Banner, Button, type FaceMessages, MoreWords } from '@opsflow/platform/web'
import { CloudAlert, CloudCheck, CloudUpload } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import english from '../messages/handing-over.en.json'
import { saveUnsent } from '../unsent/save-unsent.ts'
import { forgetStore, type HandedOver, handOver, openStore, photosOfStore } from './hand-over.ts'
import { type PersonHere, peopleEnded } from './people-here.ts'

const TRY_AGAIN_MS = 5000

/** Whoever was refused where they had worked: what becomes of what this browser holds of theirs. */
export default function HandingOver() {
  const [people, setPeople] = useState<readonly PersonHere[]>([])
  useEffect(() => setPeople(peopleEnded()), [])
  return (
    <MoreWords of={words}>
      {people.map((person) => (
        <HandingOverOf key={person.store} person={person} />
      ))}
    </MoreWords>
  )
}

const words: FaceMessages = { en: english, es: () => import('../messages/handing-over.es.json') }

type State = 'sending' | 'away' | 'stuck' | 'saved' | 'forgotten' | HandedOver | 'not_theirs'

/** Nothing is deleted before the server has said that it has it, or they have it as a file. */
function HandingOverOf({ person }: { person: PersonHere }) {
  const t = useTranslations('app.handingOver')
  const [state, setState] = useState<State>('sending')
  const [tries, setTries] = useState(0)
  const { organization } = person

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` says when to try again
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    handOver(person).then(
      (delivered) => isOver || setState(delivered ?? 'not_theirs'),
      (error: unknown) => {
        if (isOver) return
        if (isOutOfReach(error)) {
          setState('away')
          timer = setTimeout(() => setTries((before) => before + 1), TRY_AGAIN_MS)
        } else setState(error instanceof ApiProblem && error.status === 401 ? 'not_theirs' : 'stuck')
      },
    )
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [person, tries])

  async function save() {
    const replica = await openStore(person)
    await saveUnsent(replica, photosOfStore(person.store)).finally(() => replica.close())
    setState('saved')
  }

  if (state === 'not_theirs') return null
  if (state === 'forgotten' || typeof state === 'object')
    return (
      <Banner tone="warn" icon={<CloudCheck aria-hidden />}>
        {state === 'forgotten'
          ? t('forgotten', { organization })
          : t('gone', { organization, count: state.records, photos: state.photos })}
      </Banner>
    )
  if (state === 'sending' || state === 'away')
    return (
      <Banner tone="warn" icon={<CloudUpload aria-hidden />}>
        {t(state, { organization })}
      </Banner>
    )
  return (
    <Banner
      tone="danger"
      icon={<CloudAlert aria-hidden />}
      action={
        <>
          <Button onClick={() => void save()}>{t('save')}</Button>
          <Button
            look="danger"
            disabled={state !== 'saved'}
            onClick={() => void forgetStore(person).then(() => setState('forgotten'))}
          >
            {t('forget')}
          </Button>
        </>
      }
    >
      {t('stuck', { organization })}
    </Banner>
  )
}
