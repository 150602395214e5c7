'use client'
import { Input, NumberInput, readNumber, TextArea } from '@opsflow/platform/web'
import { useState } from 'react'

/** A text that may not be empty: left empty, it says again what it said. */
export function WordsInput({
  value,
  onChange,
  maxLength = 300,
  autoFocus,
  label,
}: {
  value: string
  onChange: (text: string) => void
  maxLength?: number
  autoFocus?: boolean
  label?: string
}) {
  const [typed, setTyped] = useState<string>()
  return (
    <Input
      aria-label={label}
      autoFocus={autoFocus}
      maxLength={maxLength}
      value={typed ?? value}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        setTyped(event.target.value)
        if (event.target.value.trim() !== '') onChange(event.target.value.trim())
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}

/** A text that may be empty. */
export function LongInput({
  value,
  onChange,
  maxLength,
}: {
  value: string
  onChange: (text: string) => void
  maxLength: number
}) {
  const [typed, setTyped] = useState<string>()
  return (
    <TextArea
      rows={2}
      maxLength={maxLength}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(event.target.value.trim())
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}

/** A number, or none. What is no number changes nothing. */
export function BoundInput({
  value,
  onChange,
  unit,
  label,
}: {
  value: number | null
  onChange: (value: number | null) => void
  unit?: string | undefined
  label?: string
}) {
  const [typed, setTyped] = useState<string>()
  return (
    <NumberInput
      aria-label={label}
      unit={unit}
      value={typed ?? (value === null ? '' : String(value))}
      onChange={(text) => {
        setTyped(text)
        const read = readNumber(text)
        if (read.ok) onChange(read.value)
        else if (read.why === 'empty') onChange(null)
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}
