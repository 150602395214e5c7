'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Avatar,
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  Panel,
  Select,
  SkeletonRows,
  StatusBadge,
  Table,
  Td,
  Th,
  Tr,
  useToast,
} from '@opsflow/platform/web'
import { Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useGivePin, usePins } from '../client/index.ts'
import type { PinHolder } from '../kiosk.ts'
import { useRefusal } from './use-refusal.ts'

const wordOf = { none: 'givePin', temporary: 'renewPin', own: 'renewPin' } as const
const tones = { none: 'neutral', temporary: 'warn', own: 'ok' } as const

/** Who works here, and how they stand with their PIN. */
export function PinsPanel({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('kiosks.manage')
  const viewer = useViewer()
  const managed = viewer.locations.filter(({ id }) => viewer.can('kiosks.manage', id))
  const [chosen, setChosen] = useState<string>()
  const here = locationId ?? chosen ?? managed[0]?.id
  const choice = locationId === undefined && managed.length > 1 && (
    <Select value={here} onChange={(event) => setChosen(event.target.value)} aria-label={t('location')}>
      {managed.map((location) => (
        <option key={location.id} value={location.id}>
          {location.name}
        </option>
      ))}
    </Select>
  )
  return (
    <Panel title={t('people')} actions={choice} flush>
      {here && <People locationId={here} />}
    </Panel>
  )
}

function People({ locationId }: { locationId: string }) {
  const t = useTranslations('kiosks.manage')
  const toast = useToast()
  const refusal = useRefusal()
  const pins = usePins(locationId)
  const give = useGivePin()
  const [given, setGiven] = useState<{ name: string; pin: string }>()
  if (pins.isPending) return <SkeletonRows className="p-5" />
  if (pins.isError) return <ErrorState error={pins.error} onRetry={pins.refetch} />
  if (pins.data.items.length === 0) {
    return <EmptyState compact icon={<Users aria-hidden />} title={t('noPeople')} />
  }
  const givePin = ({ memberId, name }: PinHolder) =>
    give.mutate(memberId, {
      onSuccess: ({ pin }) => pin && setGiven({ name, pin }),
      onError: (error) => toast({ message: refusal(error), tone: 'danger' }),
    })
  return (
    <>
      <Table label={t('people')}>
        <thead>
          <tr>
            <Th>{t('person')}</Th>
            <Th>{t('pinState')}</Th>
            <Th>
              <span className="sr-only">{t('actions')}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {pins.data.items.map((person) => (
            <Tr key={person.memberId}>
              <Td className="w-full max-w-0 max-sm:pe-0">
                <span className="flex items-center gap-3">
                  <Avatar name={person.name} />
                  <span className="min-w-0">
                    <span className="block truncate font-medium">{person.name}</span>
                    {person.email && <span className="block truncate text-sm text-ink-muted">{person.email}</span>}
                  </span>
                </span>
              </Td>
              <Td>
                <StatusBadge tone={tones[person.state]}>{t(`pins.${person.state}`)}</StatusBadge>
              </Td>
              <Td className="text-end">
                <Button
                  look="quiet"
                  aria-label={`${person.name}: ${t(wordOf[person.state])}`}
                  busy={give.isPending && give.variables === person.memberId}
                  onClick={() => givePin(person)}
                >
                  {t(wordOf[person.state])}
                </Button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      <Dialog
        open={given !== undefined}
        onClose={() => setGiven(undefined)}
        title={t('givenTitle', { name: given?.name ?? '' })}
        description={t('givenText')}
        footer={
          <Button look="primary" onClick={() => setGiven(undefined)}>
            {t('done')}
          </Button>
        }
      >
        <p dir="ltr" className="text-center font-mono text-4xl font-semibold tracking-[0.2em] select-all">
          {given?.pin}
        </p>
      </Dialog>
    </>
  )
}
