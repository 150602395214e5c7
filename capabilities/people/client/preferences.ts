import { useApi } from '@opsflow/platform/client/api-context'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OrganizationChange } from '../organization.ts'
import type { Preferences, PreferencesChange } from '../preferences.ts'
import type { Session } from '../session.ts'
import type { settingsRoutes } from '../settings-routes.ts'

const sessionKey = ['session']

/** A change shows at once; should the server not take it, the screens go back to what it has. */
export function useChangePreferences() {
  const call = useApi<typeof settingsRoutes>()
  const queries = useQueryClient()
  const show = (preferences: (now: Preferences) => Preferences) =>
    queries.setQueriesData<Session>(
      { queryKey: sessionKey },
      (session) => session && { ...session, preferences: preferences(session.preferences) },
    )
  return useMutation({
    mutationFn: (change: PreferencesChange) => call('PATCH /preferences', { body: change }),
    onMutate: (change) => show((now) => merged(now, change)),
    onSuccess: (kept) => show(() => kept),
    onError: () => queries.invalidateQueries({ queryKey: sessionKey }),
  })
}

const merged = (now: Preferences, change: PreferencesChange): Preferences => ({
  language: change.language === undefined ? now.language : change.language,
  theme: change.theme === undefined ? now.theme : change.theme,
  density: change.density === undefined ? now.density : change.density,
  temperatureUnit: change.temperatureUnit === undefined ? now.temperatureUnit : change.temperatureUnit,
})

export function useChangeOrganization(id: string) {
  const call = useApi<typeof settingsRoutes>()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: OrganizationChange) => call('PATCH /organizations/{id}', { params: { id }, body }),
    onSuccess: ({ name, brand }) => {
      queries.setQueriesData<Session>({ queryKey: sessionKey }, (session) =>
        session && session.organization.id === id
          ? { ...session, organization: { ...session.organization, name, brand } }
          : session,
      )
    },
  })
}
