'use client'

/** One of several that may all be chosen: a checkbox that looks like a key. `name` is what is spoken. */
export function ToggleChip({
  label,
  name,
  on,
  onChange,
}: {
  label: string
  name: string
  on: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <label className="flex min-h-target items-center justify-center rounded-lg border border-line-strong/50 bg-surface px-1 text-[0.9375rem] font-medium shadow-card transition-colors select-none hover:border-line-strong has-checked:border-accent has-checked:bg-accent-tint has-checked:text-accent-ink has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <input
        type="checkbox"
        aria-label={name}
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
        className="sr-only"
      />
      <span aria-hidden>{label}</span>
    </label>
  )
}
