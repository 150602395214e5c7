let kept: string | undefined

/** The PIN a manager gave, from the moment it was entered until its owner has chosen another. In memory, and once. */
export const givenPin = {
  keep(pin: string | undefined) {
    kept = pin
  },
  get: () => kept,
}
