'use client'
import { doorMessages, peopleMessages } from '@opsflow/capabilities/people/web'
import { MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'
import { Brand } from '../../shell/brand.tsx'
import { DoorTools } from '../../shell/door-tools.tsx'

export default function DoorLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-16 items-center justify-between px-5 sm:px-8">
        <Brand />
        <DoorTools />
      </header>
      <main className="flex flex-1 flex-col items-center justify-center px-4 pt-4 pb-24">
        <MoreWords of={peopleMessages}>
          <MoreWords of={doorMessages}>{children}</MoreWords>
        </MoreWords>
      </main>
    </div>
  )
}
