/** The mark: a reading that stays within its line. */
export function Brand({ tenant }: { tenant?: string | undefined }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <svg viewBox="0 0 28 28" aria-hidden="true" className="size-7 shrink-0">
        <rect width="28" height="28" rx="8" className="fill-accent" />
        <path
          d="M5.5 16.5h3.6l2.7-7 4.2 10.5 2.6-6.2h3.9"
          className="fill-none stroke-on-accent"
          strokeWidth="2.2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span className="min-w-0 leading-tight">
        <span className="block text-[0.9375rem] font-semibold tracking-[-0.015em]">OpsFlow</span>
        {tenant && <span className="block truncate text-xs text-ink-muted">{tenant}</span>}
      </span>
    </span>
  )
}
