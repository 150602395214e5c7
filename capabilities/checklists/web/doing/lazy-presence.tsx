'use client'
import { lazy, Suspense } from 'react'
import type { Checklist } from '../../checklist.ts'
import type { ChecklistForm } from '../../form.ts'

const Line = lazy(() => import('./presence-line.tsx'))

/** Of audits, and of what asks for it; nothing is fetched for other checklists. */
export const asksWhere = ({ content }: Pick<ChecklistForm, 'content'>): boolean =>
  Boolean(content.scoring) || content.asksPresence === true

/** Whether it was shown that someone is at the place, and the way to show it. */
export const PresenceOf = ({
  form,
  ...of
}: {
  list: Checklist
  form: ChecklistForm
  mayShow: boolean
  scanned?: string | undefined
}) =>
  asksWhere(form) && (
    <Suspense fallback={<p className="h-11" />}>
      <Line {...of} />
    </Suspense>
  )
