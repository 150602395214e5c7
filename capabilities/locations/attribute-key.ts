/** A word of the chain's own: `drive_thru`. */
export const attributeKey = /^[a-z][a-z0-9_]{0,39}$/
