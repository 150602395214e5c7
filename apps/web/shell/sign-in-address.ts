/** The sign-in, and back to here afterwards. */
export const signInAddress = () => `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`
