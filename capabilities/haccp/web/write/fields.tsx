import { Field, Input, Select, TextArea } from '@opsflow/platform/web'

type Written = { label: string; hint?: string; value: string; onChange: (text: string) => void; most?: number }

export const Line = ({ label, hint, value, onChange, most = 120 }: Written) => (
  <Field label={label} hint={hint}>
    <Input value={value} maxLength={most} onChange={({ target }) => onChange(target.value)} />
  </Field>
)

/** More than a line: across all columns there are. */
export const Lines = ({ label, hint, value, onChange, most = 1000 }: Written) => (
  <Field label={label} hint={hint} className="col-span-full">
    <TextArea rows={2} value={value} maxLength={most} onChange={({ target }) => onChange(target.value)} />
  </Field>
)

export function Pick<Value extends string>({
  label,
  hint,
  value,
  options,
  onChange,
}: {
  label: string
  hint?: string
  value: Value | ''
  options: readonly { value: Value | ''; label: string }[]
  onChange: (value: Value) => void
}) {
  return (
    <Field label={label} hint={hint}>
      <Select value={value} onChange={({ target }) => onChange(target.value as Value)}>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </Select>
    </Field>
  )
}
