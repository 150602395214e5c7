/**
 * The organization in an address: `/o/<slug>/tasks` is the page `/tasks`, of that organization. The same static page
 * serves all of them; which organization is meant is read from the address, and checked by the API on each request.
 */
export const organizationPrefix = /^\/o\/([A-Za-z0-9-]{1,63})(?=\/|$)/

/** The slug or id an address names; undefined for one that names none. */
export const organizationIn = (path: string): string | undefined => organizationPrefix.exec(path)?.[1]?.toLowerCase()

export const withoutOrganization = (path: string): string => path.replace(organizationPrefix, '') || '/'

export const withOrganization = (path: string, organization: string): string =>
  `/o/${organization}${withoutOrganization(path)}`
