'use client'
import { ErrorState } from '@opsflow/platform/web'

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState error={error} onRetry={reset} />
    </main>
  )
}
