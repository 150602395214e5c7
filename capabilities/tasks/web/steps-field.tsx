'use client'
import { Button, IconButton, Input } from '@opsflow/platform/web'
import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { StepInput } from '../task-input.ts'

const MOST_STEPS = 50

/** A simple list: Enter adds the next line. */
export function StepsField({
  steps,
  onChange,
}: {
  steps: readonly StepInput[]
  onChange: (steps: StepInput[]) => void
}) {
  const t = useTranslations('taskPages')
  const list = useRef<HTMLOListElement>(null)
  const add = () => {
    if (steps.length >= MOST_STEPS) return
    onChange([...steps, { id: crypto.randomUUID(), text: '' }])
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus())
  }
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">
        {t('fields.steps')} <span className="font-normal text-ink-muted">{t('optional')}</span>
      </legend>
      <ol ref={list} className="grid gap-2">
        {steps.map((step, at) => (
          <li key={step.id} className="flex items-center gap-1">
            <Input
              aria-label={t('step', { n: at + 1 })}
              value={step.text}
              maxLength={300}
              enterKeyHint="next"
              onChange={({ target }) =>
                onChange(steps.map((one) => (one.id === step.id ? { ...one, text: target.value } : one)))
              }
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                add()
              }}
            />
            <IconButton
              label={t('removeStep', { n: at + 1 })}
              icon={<X aria-hidden />}
              onClick={() => onChange(steps.filter((one) => one.id !== step.id))}
            />
          </li>
        ))}
      </ol>
      <Button className="justify-self-start" onClick={add}>
        <Plus aria-hidden />
        {t('addStep')}
      </Button>
    </fieldset>
  )
}
