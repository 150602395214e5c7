/** A matter with its whole thread: the kind of row that devices hold of this capability, as the feed names it. */
export const MATTER = 'matter'
/** Who is, or was, manager on duty at a location. */
export const DUTY = 'duty'
