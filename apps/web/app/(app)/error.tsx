'use client'
import { ErrorState } from '@opsflow/platform/web'

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <div>
      <ErrorState error={error} onRetry={reset} />
    </div>
  )
}
