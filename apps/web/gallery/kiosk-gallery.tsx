'use client'
import { Button, Keypad, KioskShell } from '@opsflow/platform/web'
import { BellRing, ListTodo, Lock, Thermometer } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useWords } from './words.ts'

/** What a shared tablet looks like, without one. */
export function KioskGallery() {
  const words = useWords()
  const [value, setValue] = useState('')
  const kiosk = words.kioskPage
  useEffect(() => {
    const page = document.documentElement
    const before = page.dataset.density
    page.dataset.density = 'kitchen'
    return () => {
      if (before) page.dataset.density = before
      else delete page.dataset.density
    }
  }, [])
  const item = (label: string, icon: React.ReactNode, current = false) => ({ href: `#${label}`, label, icon, current })
  return (
    <KioskShell
      place={kiosk.place}
      person={{ name: 'Ana María López' }}
      navigation={[
        item(kiosk.tasks, <ListTodo aria-hidden />),
        item(kiosk.log, <Thermometer aria-hidden />, true),
        item(kiosk.alarms, <BellRing aria-hidden />),
      ]}
      tools={
        <Button>
          <Lock aria-hidden />
          {kiosk.lock}
        </Button>
      }
    >
      <h1 className="mb-5 text-title font-semibold tracking-[-0.022em]">{words.fields.temperature}</h1>
      <div className="mx-auto max-w-md">
        <Keypad label={words.fields.temperature} value={value} onChange={setValue} unit="F" />
      </div>
    </KioskShell>
  )
}
