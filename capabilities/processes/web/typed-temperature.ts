'use client'
import { parseTemperature } from '@opsflow/capabilities/temperature'
import { unreadable } from '@opsflow/capabilities/temperature/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

type Unit = 'F' | 'C'
type Before = { text?: string; unit?: Unit | undefined }

/**
 * A temperature on its way from the keypad: in the unit of the place until the person says that the thermometer shows
 * the other. `keypad` is what the keypad is given; `read` answers the value, or says below the keypad why it is none.
 */
export function useTypedTemperature(unitOfPlace: Unit | undefined, before: Before = {}) {
  const t = useTranslations('temperature')
  const [text, setText] = useState(before.text ?? '')
  const [chosenUnit, setUnit] = useState(before.unit)
  const [error, setError] = useState<string>()
  const unit = chosenUnit ?? unitOfPlace ?? 'F'
  const parsed = parseTemperature(text, unit)
  const change = (next: string) => {
    setText(next)
    setError(undefined)
  }
  const read = (): string | undefined => {
    if (parsed.ok) return parsed.value.text
    setError(t(`unreadable.${unreadable(parsed.code)}`))
    return undefined
  }
  return {
    text,
    unit,
    parsed,
    read,
    clear: () => change(''),
    keypad: { value: text, onChange: change, unit, onUnitChange: setUnit, error },
  }
}
