/** The kind of rows that devices hold of this capability, as the feed names it. */
export const LOCATION = 'location'
