'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Menu,
  NoPermission,
  PageHeader,
  Panel,
  RelativeTime,
  SkeletonRows,
  StatusBadge,
  Table,
  Td,
  Th,
  type Tone,
  Tr,
  useToast,
} from '@opsflow/platform/web'
import { EllipsisVertical, Plus, TabletSmartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChangeKiosk, useKiosks, useRenewCode, useRevokeKiosk, useWipeKiosk } from '../client/index.ts'
import type { Kiosk, KioskState } from '../kiosk.ts'
import { type Code, CodeDialog } from './code-dialog.tsx'
import { PinsPanel } from './pins-panel.tsx'
import { RenameTablet, SetUpTablet } from './tablet-forms.tsx'
import { useRefusal } from './use-refusal.ts'
import { VouchedWorkDialog } from './vouched-work.tsx'

const tones: Record<KioskState, Tone> = {
  waiting: 'info',
  ready: 'ok',
  locked: 'warn',
  guarded: 'danger',
  wiping: 'warn',
  wiped: 'neutral',
  revoked: 'neutral',
}

/** Shared tablets of the chosen location, or of all, and the PINs of those who work there. */
export function TabletsScreen({ locationId }: { locationId: string | undefined }) {
  const t = useTranslations('kiosks.manage')
  const viewer = useViewer()
  const [settingUp, setSettingUp] = useState(false)
  const [code, setCode] = useState<Code>()
  if (!viewer.can('kiosks.manage')) return <NoPermission />
  return (
    <>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          <Button look="primary" onClick={() => setSettingUp(true)}>
            <Plus aria-hidden />
            {t('setUp')}
          </Button>
        }
      />
      <div className="grid grid-cols-1 gap-5">
        <Panel title={t('list')} flush>
          <TabletTable locationId={locationId} onCode={setCode} />
        </Panel>
        <PinsPanel locationId={locationId} />
      </div>
      <SetUpTablet
        open={settingUp}
        locationId={locationId}
        onClose={() => setSettingUp(false)}
        onSetUp={(made) => setCode(made)}
      />
      <CodeDialog code={code} onClose={() => setCode(undefined)} />
    </>
  )
}

function TabletTable({ locationId, onCode }: { locationId: string | undefined; onCode: (code: Code) => void }) {
  const t = useTranslations('kiosks.manage')
  const viewer = useViewer()
  const kiosks = useKiosks(locationId)
  if (kiosks.isPending) return <SkeletonRows className="p-5" />
  if (kiosks.isError) return <ErrorState error={kiosks.error} onRetry={kiosks.refetch} />
  if (kiosks.data.items.length === 0) {
    return (
      <EmptyState icon={<TabletSmartphone aria-hidden />} title={t('empty')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  const nameOf = (id: string) => viewer.locations.find((location) => location.id === id)?.name
  return (
    <Table label={t('list')}>
      <thead>
        <tr>
          <Th>{t('name')}</Th>
          <Th className="max-sm:hidden">{t('location')}</Th>
          <Th>{t('state')}</Th>
          <Th className="max-sm:hidden">{t('lastSeen')}</Th>
          <Th>
            <span className="sr-only">{t('actions')}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {kiosks.data.items.map((kiosk) => (
          <Tr key={kiosk.id}>
            <Td className="font-medium">
              {kiosk.name}
              <span className="block text-xs font-normal text-ink-muted sm:hidden">{nameOf(kiosk.locationId)}</span>
            </Td>
            <Td className="text-ink-muted max-sm:hidden">{nameOf(kiosk.locationId)}</Td>
            <Td>
              <StatusBadge tone={tones[kiosk.state]}>{t(`states.${kiosk.state}`)}</StatusBadge>
            </Td>
            <Td className="text-ink-muted max-sm:hidden">
              {kiosk.lastSeenAt ? <RelativeTime at={kiosk.lastSeenAt} /> : t('never')}
            </Td>
            <Td className="text-end">{kiosk.state !== 'revoked' && <TabletMenu kiosk={kiosk} onCode={onCode} />}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function TabletMenu({ kiosk, onCode }: { kiosk: Kiosk; onCode: (code: Code) => void }) {
  const t = useTranslations('kiosks.manage')
  const toast = useToast()
  const refusal = useRefusal()
  const change = useChangeKiosk()
  const renew = useRenewCode()
  const wipe = useWipeKiosk()
  const revoke = useRevokeKiosk()
  const [asked, setAsked] = useState<'wipe' | 'revoke' | 'rename' | 'vouched'>()
  const onError = (error: unknown) => toast({ message: refusal(error), tone: 'danger' })
  const isClosed = kiosk.state === 'locked' || kiosk.state === 'guarded'
  const isInUse = kiosk.state === 'ready' || isClosed
  return (
    <>
      <Menu
        label={`${kiosk.name}: ${t('actions')}`}
        align="end"
        className="inline-flex size-target items-center justify-center rounded-lg text-ink-muted hover:bg-sunken"
        sections={[
          {
            id: 'use',
            items: [
              ...(isInUse
                ? [
                    {
                      id: 'lock',
                      label: t(isClosed ? 'open' : 'lock'),
                      onSelect: () => change.mutate({ id: kiosk.id, locked: !isClosed }, { onError }),
                    },
                  ]
                : []),
              { id: 'vouched', label: t('vouched'), onSelect: () => setAsked('vouched') },
              { id: 'rename', label: t('rename'), onSelect: () => setAsked('rename') },
              {
                id: 'code',
                label: t('newCode'),
                onSelect: () => renew.mutate(kiosk.id, { onSuccess: onCode, onError }),
              },
            ],
          },
          {
            id: 'end',
            items: [
              ...(isInUse ? [{ id: 'wipe', label: t('wipe'), onSelect: () => setAsked('wipe') }] : []),
              { id: 'revoke', label: t('revoke'), onSelect: () => setAsked('revoke') },
            ],
          },
        ]}
      >
        <EllipsisVertical aria-hidden className="size-5" />
      </Menu>
      <VouchedWorkDialog kiosk={kiosk} open={asked === 'vouched'} onClose={() => setAsked(undefined)} />
      <RenameTablet open={asked === 'rename'} kiosk={kiosk} onClose={() => setAsked(undefined)} />
      <ConfirmDialog
        open={asked === 'wipe'}
        title={t('wipeQuestion', { name: kiosk.name })}
        action={t('wipe')}
        busy={wipe.isPending}
        onClose={() => setAsked(undefined)}
        onConfirm={() => wipe.mutate(kiosk.id, { onError, onSettled: () => setAsked(undefined) })}
      >
        {t('wipeText')}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'revoke'}
        title={t('revokeQuestion', { name: kiosk.name })}
        action={t('revoke')}
        busy={revoke.isPending}
        onClose={() => setAsked(undefined)}
        onConfirm={() => revoke.mutate(kiosk.id, { onError, onSettled: () => setAsked(undefined) })}
      >
        {t('revokeText')}
      </ConfirmDialog>
    </>
  )
}
