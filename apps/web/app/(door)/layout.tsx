'use client'
import { doorMessages, peopleMessages } from '@opsflow/capabilities/people/web'
import { type FaceMessages, MoreWords } from '@opsflow/platform/web'
import type { ReactNode } from 'react'
import english from '../../messages/door.en.json'
import { Brand } from '../../shell/brand.tsx'
import { DoorTools } from '../../shell/door-tools.tsx'

const wordsAtTheDoor: FaceMessages = { en: english, es: () => import('../../messages/door.es.json') }

export default function DoorLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-16 items-center justify-between px-5 sm:px-8">
        <Brand />
        <DoorTools />
      </header>
      <main className="flex flex-1 flex-col items-center justify-center px-4 pt-4 pb-24">
        <MoreWords of={peopleMessages}>
          <MoreWords of={doorMessages}>
            <MoreWords of={wordsAtTheDoor}>{children}</MoreWords>
          </MoreWords>
        </MoreWords>
      </main>
    </div>
  )
}
