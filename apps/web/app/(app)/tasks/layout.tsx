'use client'
import { taskPagesMessages } from '@opsflow/capabilities/tasks/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'

export default function TasksLayout({ children }: { children: ReactNode }) {
  return <MoreWords of={taskPagesMessages}>{children}</MoreWords>
}
