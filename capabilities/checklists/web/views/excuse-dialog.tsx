'use client'
import { useTranslations } from 'use-intl'
import { useExcuse } from '../../client/index.ts'
import type { ChecklistOutcome } from '../../view-routes.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { useWords } from './use-words.ts'

/** Why nobody is to blame that it was missed. It stays missed on record, with who said why. */
export default function ExcuseDialog({ row, onClose }: { row: ChecklistOutcome; onClose: () => void }) {
  const t = useTranslations('overview.excuse')
  const words = useWords()
  const excusing = useExcuse()
  return (
    <ReasonDialog
      title={t('title', { name: row.name })}
      text={`${words.place(row.locationId)} · ${words.day(row.day)}. ${t('text')}`}
      words={{ save: t('send'), takeBack: t('takeBack'), saved: t('done'), takenBack: t('takenBack') }}
      said={row.excuse?.reason}
      busy={excusing.isPending}
      send={(reason) => excusing.mutateAsync({ id: row.id, reason })}
      onClose={onClose}
    />
  )
}
