'use client'
import { ApiProblem, createClient } from '@opsflow/platform/client/api'
import { ApiProvider } from '@opsflow/platform/client/api-context'
import { type LinkProps, LinkProvider, ToastProvider } from '@opsflow/platform/web'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import NextLink from 'next/link'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { chosenOrganization } from './choice.ts'
import { WordsProvider } from './words.tsx'

const call = createClient({ organizationId: chosenOrganization })

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

/** What a plain anchor may be given, the router's link takes; only its types know no explicit undefined. */
const RouterLink = (props: LinkProps) => <NextLink {...(props as ComponentProps<typeof NextLink>)} />

/** A refusal will be the same a second later; only a missing answer is asked for again. */
function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2 },
    },
  })
}
