'use client'
import './globals.css'

/** The last resort, when even the words are missing. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="grid min-h-dvh place-items-center p-6 text-center">
          <button
            type="button"
            onClick={reset}
            className="min-h-target rounded-lg bg-accent px-5 font-medium text-on-accent"
          >
            Something went wrong. Try again · Algo salió mal. Reintentar
          </button>
        </main>
      </body>
    </html>
  )
}
