'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Menu, useToast } from '@opsflow/platform/web'
import { CircleStop, Ellipsis, Pause, Play, RotateCcw } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useChangeSchedule } from '../../client/index.ts'
import type { ScheduleSummary } from '../../schedule.ts'

type Deed = 'pause' | 'resume' | 'end' | 'bringBack'
const BODIES = {
  pause: { paused: true },
  resume: { paused: false },
  end: { ended: true },
  bringBack: { ended: false },
} as const
const UNDO: Record<Deed, Deed> = { pause: 'resume', resume: 'pause', end: 'bringBack', bringBack: 'end' }
const ICONS = { pause: Pause, resume: Play, end: CircleStop, bringBack: RotateCcw }

/** Pause and end, at once and with a way back. */
export function ScheduleMenu({ schedule }: { schedule: ScheduleSummary }) {
  const t = useTranslations('schedules')
  const viewer = useViewer()
  const toast = useToast()
  const change = useChangeSchedule()
  const { id, name, isMine, endedAt, pausedAt } = schedule
  if (!isMine || !viewer.can('checklists.manage')) return null

  function run(deed: Deed, revision: number, isUndo = false) {
    change.mutate(
      { id, revision, ...BODIES[deed] },
      {
        onSuccess: (after) =>
          toast({
            message: t(`did.${deed}`, { name }),
            ...(!isUndo && { undo: () => run(UNDO[deed], after.revision, true) }),
          }),
        onError: (error) => toast({ message: error.message, tone: 'danger' }),
      },
    )
  }

  const deeds: Deed[] = endedAt ? ['bringBack'] : [pausedAt ? 'resume' : 'pause', 'end']
  return (
    <Menu
      label={t('actionsOf', { name })}
      align="end"
      className="inline-flex size-target shrink-0 items-center justify-center rounded-lg text-ink-muted transition-colors hover:bg-sunken hover:text-ink"
      sections={[
        {
          id: 'actions',
          items: deeds.map((deed) => {
            const Icon = ICONS[deed]
            return {
              id: deed,
              label: t(`do.${deed}`),
              icon: <Icon aria-hidden />,
              onSelect: () => run(deed, schedule.revision),
            }
          }),
        },
      ]}
    >
      <Ellipsis aria-hidden className="size-5" />
    </Menu>
  )
}
