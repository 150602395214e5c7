'use client'
import { ApiProblem, createClient } from '@opsflow/platform/client/api'
import { ApiProvider } from '@opsflow/platform/client/api-context'
import { LinkProvider, ToastProvider } from '@opsflow/platform/web'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { organizationInUse } from './choice.ts'
import { fetchFirst } from './first-calls.ts'
import { RouterLink } from './links.tsx'
import { WordsProvider } from './words.tsx'

const call = createClient({ organizationId: organizationInUse, fetch: fetchFirst })

/** What every page stands on: the API, what was fetched, words, links and notices. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(makeQueryClient)
  return (
    <ApiProvider value={call}>
      <QueryClientProvider client={queries}>
        <WordsProvider>
          <LinkProvider value={RouterLink}>
            <ToastProvider>{children}</ToastProvider>
          </LinkProvider>
        </WordsProvider>
      </QueryClientProvider>
    </ApiProvider>
  )
}

/** A refusal will be the same a second later; only a missing answer is asked for again. */
function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2 },
    },
  })
}
