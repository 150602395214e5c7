'use client'
import { taskPagesMessages } from '@opsflow/capabilities/tasks/web'
import type { ReactNode } from 'react'
import { MoreWords } from '../../../shell/words.tsx'

export default function TasksLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={taskPagesMessages}>{children}</MoreWords>
}
