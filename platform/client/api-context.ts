import { createContext, useContext } from 'react'
import type { RouteTable } from '../route.ts'
import type { Client } from './api.ts'

// biome-ignore lint/suspicious/noExplicitAny: one client serves the tables of all capabilities; useApi names the table
const ApiContext = createContext<Client<any> | undefined>(undefined)

/** Given once, at the top of the app. */
export const ApiProvider = ApiContext.Provider

/** The client, for the routes of one capability: `useApi<typeof temperatureRoutes>()`. */
export function useApi<Routes extends RouteTable>(): Client<Routes> {
  const client = useContext(ApiContext)
  if (!client) throw new Error('useApi is called outside ApiProvider.')
  return client
}
