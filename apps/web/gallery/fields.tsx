'use client'
import {
  Checkbox,
  Choices,
  Combobox,
  Field,
  Input,
  Keypad,
  NumberInput,
  readNumber,
  Select,
  Switch,
  TextArea,
} from '@opsflow/platform/web'
import { useState } from 'react'
import { Part } from './part.tsx'
import { useWords } from './words.ts'

export function Fields() {
  const all = useWords()
  const words = all.fields
  const [number, setNumber] = useState('3,5')
  const [place, setPlace] = useState<string>()
  const [atNight, setAtNight] = useState(true)
  const [choice, setChoice] = useState<'0' | '1' | '2'>('0')
  return (
    <Part id="fields" title={all.sections.fields}>
      <div className="grid gap-5 md:grid-cols-2 xl:grid-cols-3">
        <Field label={words.text} hint={words.textHint}>
          <Input defaultValue="Walk-in 1" />
        </Field>
        <Field label={words.error} error={words.errorText}>
          <Input required />
        </Field>
        <Field label={words.number} error={!readNumber(number, { decimals: 1 }).ok && words.numberWrong}>
          <NumberInput value={number} onChange={setNumber} unit="°C" />
        </Field>
        <Field label={words.select}>
          <Select>
            {words.kinds.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </Select>
        </Field>
        <Field label={words.combobox} optional={words.optional}>
          <Combobox
            options={all.moving.branches.map((label) => ({ value: label, label }))}
            value={place}
            onChange={setPlace}
            placeholder={words.find}
          />
        </Field>
        <Field label={words.off}>
          <Input disabled defaultValue="–" />
        </Field>
        <Field label={words.date}>
          <Input type="date" defaultValue="2026-11-22" />
        </Field>
        <Field label={words.time}>
          <Input type="time" defaultValue="04:00" />
        </Field>
        <Field label={words.note}>
          <TextArea />
        </Field>
      </div>
      <Choices
        label={words.radio}
        name="gallery-radio"
        value={choice}
        onChange={setChoice}
        options={words.radios.map((label, index) => ({ value: String(index) as '0' | '1' | '2', label }))}
      />
      <div className="grid gap-x-8 md:grid-cols-2">
        <Checkbox label={words.check} defaultChecked />
        <Switch label={words.switch} hint={words.switchHint} checked={atNight} onChange={setAtNight} />
      </div>
    </Part>
  )
}

export function Keypads() {
  const all = useWords()
  const [value, setValue] = useState('41.5')
  const [unit, setUnit] = useState<'F' | 'C'>('F')
  const [wrong, setWrong] = useState('60')
  return (
    <Part id="keypad" title={all.sections.keypad}>
      <div className="grid items-start gap-8 md:grid-cols-2 xl:max-w-3xl">
        <Keypad label={all.fields.temperature} value={value} onChange={setValue} unit={unit} onUnitChange={setUnit} />
        <Keypad label={all.fields.temperature} value={wrong} onChange={setWrong} unit="F" error={all.fields.pin} />
      </div>
    </Part>
  )
}
